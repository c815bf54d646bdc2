"""Documents that came as pictures of pages: each page, and what a machine read on it."""
