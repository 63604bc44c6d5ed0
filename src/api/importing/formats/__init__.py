"""The files that the import reads."""
