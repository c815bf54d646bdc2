"""Answers that arrive as documents: recognised, mapped to what was asked, imported."""
