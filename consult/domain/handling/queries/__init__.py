"""Reading the work on answers."""
