"""Answers that arrive as documents: recognise them and place them under the questions."""
