"""Freezing the data of a round: one value, its canonical form, and what changed since."""
