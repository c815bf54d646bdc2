"""Freezing the data of a round, and building documents from what was frozen."""
