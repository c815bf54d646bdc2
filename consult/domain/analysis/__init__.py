"""What the answers say taken together: counts with their unit, stances, themes. Reads only."""
