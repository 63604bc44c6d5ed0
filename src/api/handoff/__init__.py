"""The file set of a hand-off."""
