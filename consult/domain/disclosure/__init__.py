"""Disclosure: what of an answer others may see; review, redaction, publishing, floods."""
