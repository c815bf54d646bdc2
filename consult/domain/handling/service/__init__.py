"""Changing whose an answer is, and what is done with many at once."""
