"""Searching: what is asked for, how the databases are asked, and where the hits stand."""
