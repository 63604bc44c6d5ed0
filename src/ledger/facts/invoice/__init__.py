"""The book of an invoice: its events, its state, and how they change it."""
