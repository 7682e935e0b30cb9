"""The tables behind the charts: one file a subject."""
