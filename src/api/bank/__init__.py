"""Files that banks send: statements of account, read into one shape."""
