"""Refuse what harms: errors, limits, escaping, opening files, the worker pool, atomic writing."""
