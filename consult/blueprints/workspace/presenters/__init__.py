"""Shaping what the workspace shows, one module per room."""
