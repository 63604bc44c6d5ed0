"""The book of an invoice: its events, its state, and how the one changes the other."""
