"""Answers: drafts that only their writers see, and what was sent, which never changes."""
