"""What is done with scanned documents."""
