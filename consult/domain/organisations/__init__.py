"""Organisations in their tree, and who has which role in them."""
