"""Changing what is followed up."""
