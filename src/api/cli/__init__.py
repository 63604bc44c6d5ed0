"""The command line: ``dossier``."""

import sys

from api.imports import uncollected


def main() -> None:
    """Run the command line; its import, too, may be interrupted by Ctrl-C."""
    try:
        with uncollected():
            from api.cli.app import main as run
        run()
    except KeyboardInterrupt:
        sys.exit(130)
