"""Working on an answer, by verb."""
