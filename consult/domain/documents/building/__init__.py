"""Building document trees out of plain data: pure functions, no session, no clock."""
