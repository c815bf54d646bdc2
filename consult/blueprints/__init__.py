"""One surface per audience; surfaces never import one another, only ``shared``."""
