"""What is done with files on their way in."""
