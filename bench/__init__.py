"""Benchmarks: ``make bench`` prints the figures of docs/performance.md."""
