"""Bulk runs: a list in, every line with its outcome, nothing lost and nothing twice."""
