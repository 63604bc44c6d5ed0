"""A letter on paper, as PDF."""
