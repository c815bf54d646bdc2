"""Office files as packages: which format it is, whether it may be opened, its parts and styles."""
