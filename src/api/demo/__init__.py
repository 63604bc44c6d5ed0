"""A year of a small creditor, recorded by the real commands with a virtual clock."""
