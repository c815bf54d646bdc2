"""Changing what a report rests on."""
