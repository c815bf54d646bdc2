"""Answers that come as rows of a table: what its columns hold, and what each row says."""
