"""Meetings of a round: who took part, what the groups noted, and how it may be told."""
