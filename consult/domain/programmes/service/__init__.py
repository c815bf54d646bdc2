"""What is done in a programme, one module per verb."""
