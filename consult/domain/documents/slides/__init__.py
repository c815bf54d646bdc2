"""A document as slides: its boxes and figures, one to a slide, with where they come from."""
