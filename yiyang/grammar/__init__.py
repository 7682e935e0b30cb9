"""Read phrases into values with spans: numerals, dates, deadlines, figures, roles, obligations."""
