"""The chapters of a summary, one module each; every one turns figures into blocks."""
