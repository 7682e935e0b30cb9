"""Show a large store in a browser: pages made when they are asked for, by DuckDB over its Parquet.

`yiyang serve OUT`. Nothing is built and nothing copied: the tables that `yiyang run` wrote are the
only data. Needs the extra `yiyang[serve]`.
"""
