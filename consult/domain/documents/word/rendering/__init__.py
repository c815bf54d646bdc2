"""The document tree as a Word file: the same content, order and numbers as the web edition."""
