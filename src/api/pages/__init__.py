"""HTML for people without an API key, one folder an audience."""
