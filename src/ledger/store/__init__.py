"""How entries are kept and read."""
