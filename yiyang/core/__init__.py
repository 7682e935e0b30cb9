"""Hold what every room needs: schema, corpus, text, curated CSV, messages, places, stores."""
