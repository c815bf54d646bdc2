"""Renderings of a finished document tree: no session, no queries, no web framework."""
