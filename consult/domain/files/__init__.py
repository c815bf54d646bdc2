"""Files on their way in, whatever they belong to: unfinished uploads, viruses."""
