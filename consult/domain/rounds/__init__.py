"""A round: what is asked, of whom, until when, and where it stands."""
