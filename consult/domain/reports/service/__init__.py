"""Changing what stands beside a report."""
