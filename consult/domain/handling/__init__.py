"""The work on answers: whose each is, until when, who is at it now, and what a team says of it."""
