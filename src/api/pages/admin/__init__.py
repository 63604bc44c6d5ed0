"""Administration: people, keys, sessions, read models and imports."""
