"""What happened: the events, the books they are kept in, and the state each book leads to."""
