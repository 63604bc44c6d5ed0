"""Whom we ask for what, when, and what makes us wait."""
