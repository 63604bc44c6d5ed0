"""What other systems know, brought in as facts: a history of events, or a list of open items."""
