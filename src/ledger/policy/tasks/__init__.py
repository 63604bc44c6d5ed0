"""Tasks of the agenda, and how urgent they are."""
