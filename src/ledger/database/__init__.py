"""Postgres as everybody needs it: connections, queries, statements."""
