"""Compute the tables behind the charts: one file a subject."""
