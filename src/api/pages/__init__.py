"""HTML pages for people without an API key, with a folder for each audience."""
