"""Text: sanitising, plain text, offsets, differences."""
