"""A year of a small creditor's life, played through the real commands with a virtual clock."""
