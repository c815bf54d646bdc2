"""Documents: the tree of a report and its renderings."""
