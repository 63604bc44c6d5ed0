"""Something that does not answer: logged once, and once more when it answers again."""

import logging
from threading import Lock

log = logging.getLogger(__name__)


class Outage:
    """Whether ``what`` does not answer, for all threads of a process."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._lock = Lock()
        self._lasts = False

    def began(self, error: object) -> None:
        """Write a warning, unless it was written since the last answer."""
        with self._lock:
            news, self._lasts = not self._lasts, True
        if news:
            log.warning("%s does not answer, trying again: %s", self.what, error)

    def ended(self) -> None:
        """Note an answer."""
        if not self._lasts:  # without the lock: it is asked after every piece of work
            return
        with self._lock:
            over, self._lasts = self._lasts, False
        if over:
            log.warning("%s answers again", self.what)


DATABASE = Outage("the database")
