"""Reports: what an owner makes of its own round, from frozen data and the writers' words."""
