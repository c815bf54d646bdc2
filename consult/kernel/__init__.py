"""Values and pure tools that every other package may use: no database, no web framework."""
