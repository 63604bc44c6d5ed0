"""Bank statements: reading them, recording their transactions, and finding what these are for."""
