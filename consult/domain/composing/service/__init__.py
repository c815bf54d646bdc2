"""Writing, discussing and signing, by verb."""
