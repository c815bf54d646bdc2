"""consult: ask people what they think, listen, and show what came of it."""
