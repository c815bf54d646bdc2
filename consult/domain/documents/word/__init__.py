"""Word out and Word in: a text for the board as .docx, and what they did with it."""
