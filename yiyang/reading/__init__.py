"""Read a catalogued document from its bytes to the rows of its tables."""
