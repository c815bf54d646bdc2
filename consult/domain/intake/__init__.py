"""Answers that arrive as documents: recognise what stands in them and place it under the questions."""
