"""Shapes what the desk's pages show, one module per page; no queries."""
