"""Dunning: amounts, ladder, pauses and days of contact."""
