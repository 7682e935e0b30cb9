"""Make up documents with known answers; `benchmarks/corpus.py` writes them."""
