"""Languages, collection costs, and why a message is withdrawn."""
