"""The command line: ``dossier``."""

import sys


def main() -> None:
    """Loads all the rest only now, so that Ctrl-C finds somebody who listens."""
    try:
        from api.cli.app import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
