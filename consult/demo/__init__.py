"""The demo: an invented working group, its rounds and some forty answers."""
