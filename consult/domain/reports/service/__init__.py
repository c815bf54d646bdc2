"""Changing what stands beside a report, and what it rests on."""
