"""From texts to knowledge: passages, a codebook of themes, who coded what and when."""
