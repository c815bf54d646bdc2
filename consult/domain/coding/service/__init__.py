"""Changing codings, split by verb: dividing, coding, codebook, stances, exchange."""
