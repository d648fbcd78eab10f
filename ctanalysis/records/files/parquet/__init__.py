"""A process of its own that reads a Parquet file: see __main__."""
