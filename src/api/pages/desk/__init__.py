"""The desk: the pages on which staff see and handle everything."""
