"""A report as a document tree: a pure function of its text, its proposals and frozen data."""
