"""The contact log: every entry of a book as a sentence."""
