"""The command line: ``dossier``."""

import sys


def main() -> None:
    """Run the command line; its import, too, may be interrupted by Ctrl-C."""
    try:
        from api.cli.app import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
