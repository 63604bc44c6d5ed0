"""The PostgreSQL that comes with Dossier: its programs, and a server for a home."""

LOGIN = "dossier_login"  # of the application: a member of its role, and nothing else


class PostgresFailed(Exception):
    """The server cannot be used; the message says where, why and what to do."""
