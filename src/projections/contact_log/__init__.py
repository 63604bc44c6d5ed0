"""The contact log: every entry of a file as a sentence."""
