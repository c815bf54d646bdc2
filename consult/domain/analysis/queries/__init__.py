"""Reading across all answers of a round; each function needs the same few queries for any number.

Everything counts the answers that count: received, not withdrawn, duplicate, off topic or late and
left out; and of each its current version.
"""
