"""Reading what was coded: matrix, stances, theme pages; counts with their unit."""
