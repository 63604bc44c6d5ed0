"""The command line: ``dossier``."""

from api.cli.app import main

__all__ = ["main"]
