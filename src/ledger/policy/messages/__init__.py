"""Languages, collection costs, and reasons to withdraw a message."""
