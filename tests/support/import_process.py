"""A process that imports a history, for tests that kill it: FILE URL PAUSE."""

import sys
import time
from datetime import UTC, datetime

from api.importing.formats.history_commands import Terms
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.session import open_session


def main(path: str, url: str, pause: float) -> None:
    """Print after each batch how many lines are done, and pause, so that it can be killed there."""
    with open_session(url, clock=lambda: datetime.now(UTC)) as desk:

        def tell(done: int, total: int | None) -> None:
            sys.stdout.write(f"{done}\n")
            sys.stdout.flush()
            time.sleep(pause)

        import_file(desk, Source(path), Options(Terms(60)), progress=tell)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
