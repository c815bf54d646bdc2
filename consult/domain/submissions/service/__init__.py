"""Writing, sending and registering answers, one module per verb."""
