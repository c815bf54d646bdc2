"""A programme of parallel groups: sub-reports sent up, reviewed, and laid side by side."""
