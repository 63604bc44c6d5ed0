"""The store of entries: append, read, verify."""
