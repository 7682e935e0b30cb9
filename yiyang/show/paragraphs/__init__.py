"""Word what a chapter finds as paragraphs of Markdown, from the tables: a file a chapter."""
