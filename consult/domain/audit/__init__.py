"""The record of what was done: one hash chain per organisation, written in the same transaction."""
