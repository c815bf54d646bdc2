"""Changing meetings: planning them, writing notes, approving them, reviewing pictures."""
