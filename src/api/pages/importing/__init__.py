"""Imports on pages: a file or pasted rows, their columns, a check of all lines, and the import."""
