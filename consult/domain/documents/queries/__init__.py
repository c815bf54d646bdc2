"""What is read of documents: `finding` them, and `gathering` what a snapshot freezes."""
