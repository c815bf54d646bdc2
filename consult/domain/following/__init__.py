"""Following rounds, and telling those concerned what happens to them."""
