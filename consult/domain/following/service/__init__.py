"""Changing who follows what, and writing the mails."""
