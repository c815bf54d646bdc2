"""Letters of Norwegian, the Sámi languages and their neighbours, for patterns that look at case."""

CAPITALS = "A-ZÆØÅÄÖÁČĐŊŠŦŽÉÜ"
"""Capital letters, to stand inside ``[…]`` of a regular expression."""
