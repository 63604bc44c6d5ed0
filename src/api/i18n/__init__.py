"""Texts in our languages."""
