"""Show tables, themes, matches and previews the way readers see them."""
