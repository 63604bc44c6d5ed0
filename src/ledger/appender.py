"""The group append: what waits is written together, so that many callers share one flush.

Nobody's thread is set aside for it. Whoever finds the appender idle writes for all who wait, then
passes the turn to the first of those who came meanwhile (flat combining): a lone caller pays no
hand-over, and many callers pay one flush together.
"""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Lock
from time import perf_counter
from typing import Any, TypeVar

from psycopg import Connection, InterfaceError, OperationalError
from psycopg.errors import DeadlockDetected, InternalError_, SerializationFailure

from ledger.append import Answer, Line, Stale, Watch, append, nobody

MOST_LINES, MOST_CHARACTERS = 500, 1_000_000  # one append may exceed them; it then goes alone
UNSURE = (  # whether it was written is not known: ask again, and take our own lines as ours
    OperationalError,
    InterfaceError,
    DeadlockDetected,
    SerializationFailure,
    InternalError_,
)


T = TypeVar("T")


class Asked:
    """One caller's lines, and the lock it waits on until it is answered or has the turn."""

    __slots__ = ("answer", "error", "gone", "lines", "turn", "wake")

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.answer: list[int] | None = None
        self.error: BaseException | None = None
        self.turn = False  # to write for all who wait
        self.gone = False  # its caller was interrupted and waits no more
        self.wake = Lock()
        self.wake.acquire()

    @property
    def size(self) -> int:
        return sum(len(line.state) for line in self.lines)

    @property
    def answered(self) -> bool:
        return self.answer is not None or self.error is not None

    def positions(self) -> list[int]:
        if self.error is not None:
            raise self.error
        assert self.answer is not None
        return self.answer


class Appender:
    """One per process and tenant; any number of threads may call it."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], tenant: str, watch: Watch = nobody
    ) -> None:
        self.tenant = tenant
        self._connect = connect
        self._watch = watch
        self._conn: Connection[Any] | None = None
        self._waiting: deque[Asked] = deque()
        self._unsure: list[Asked] = []  # a batch whose writer was interrupted
        self._door = Condition(Lock())
        self._writing = False
        self._closed = False

    def append(self, lines: Sequence[Line]) -> list[int]:
        """All lines or none. Returns their positions; raises ``Stale``."""
        asked = Asked(lines)
        try:
            self._queue(asked)
            if not asked.turn:
                asked.wake.acquire()
            if asked.turn:
                self._take_turn()
        except BaseException:  # Ctrl-C, at any moment: leave the queue
            self._leave(asked)
            raise
        finally:
            if asked.turn:
                self._pass_on()
        return asked.positions()

    def read(self, query: Callable[[Connection[Any]], T]) -> T | None:
        """What the query answers on our own connection, or ``None`` when that is not free now.

        A lone caller then reads and writes on one connection, whose server process is warm: a
        command takes 15 % less time than when it reads on another.
        """
        with self._door:
            conn = self._conn
            if self._writing or conn is None:
                return None
            self._writing = True
        try:
            return query(conn)
        except BaseException as error:  # Ctrl-C too: an answer that nobody took may be under way
            self._hang_up()
            if isinstance(error, UNSURE):
                return None
            raise
        finally:
            self._pass_on()

    def close(self) -> None:
        """Take nothing new, and wait until what was taken is written."""
        with self._door:
            self._closed = True
            self._door.wait_for(lambda: not self._writing)
        if self._conn:
            self._conn.close()
            self._conn = None

    def _queue(self, asked: Asked) -> None:
        with self._door:
            if self._closed:
                raise RuntimeError("the ledger is closed")
            self._waiting.append(asked)
            asked.turn = not self._writing
            self._writing = True

    def _leave(self, asked: Asked) -> None:
        with self._door:
            asked.gone = True
            if asked in self._waiting:
                self._waiting.remove(asked)
            self._unsure = [other for other in self._unsure if other is not asked]

    def _take_turn(self) -> None:
        """Write one batch, of which the caller's own lines are the first."""
        batch, again = (self._unsure, True) if self._unsure else (self._next(), False)
        self._unsure = []
        try:
            self._write(batch, again)
        except BaseException:  # Ctrl-C in the middle: the others must still hear
            self._hang_up()
            with self._door:
                self._unsure = [a for a in batch[1:] if not a.answered and not a.gone]
            raise

    def _pass_on(self) -> None:
        with self._door:
            first = self._unsure[0] if self._unsure else next(iter(self._waiting), None)
            if first is not None:
                first.turn = True
                first.wake.release()
            else:
                self._writing = False
                self._door.notify_all()

    def _next(self) -> list[Asked]:
        """All that waits, within the caps."""
        batch: list[Asked] = []
        lines = size = 0
        with self._door:
            while self._waiting:
                lines += len(self._waiting[0].lines)
                size += self._waiting[0].size
                if batch and (lines > MOST_LINES or size > MOST_CHARACTERS):
                    break
                batch.append(self._waiting.popleft())
        return batch

    def _write(self, batch: list[Asked], again: bool = False) -> None:
        start = perf_counter()
        try:
            answers, again = self._send(batch, again)
        except Exception as error:
            if len(batch) == 1 or isinstance(error, UNSURE):
                self._tell(batch, [error] * len(batch))
            else:  # one bad append must not fail its neighbours
                for asked in batch:
                    self._write([asked], again)
            return
        words = [_word(answer, again) for answer in answers]
        self._tell(batch, words)
        stale = sum(isinstance(word, Stale) for word in words)
        self._watch(sum(len(asked.lines) for asked in batch), perf_counter() - start, stale)

    def _tell(self, batch: list[Asked], words: Sequence[list[int] | Exception]) -> None:
        for asked, word in zip(batch, words, strict=True):
            if isinstance(word, Exception):
                asked.error = word
            else:
                asked.answer = word
            if asked.wake.locked():  # also the writer's own, which nobody waits for any more
                asked.wake.release()

    def _send(self, batch: list[Asked], again: bool) -> tuple[list[Answer], bool]:
        """A connection that dies takes the answer with it: ask once more on a new one.

        The batch is repeated whole, never split, so that its order is the order it may have had.
        """
        lines = [asked.lines for asked in batch]
        try:
            return self._append(lines), again
        except UNSURE:
            self._hang_up()
        try:
            return self._append(lines), True
        except UNSURE:
            self._hang_up()
            raise

    def _append(self, lines: Sequence[Sequence[Line]]) -> list[Answer]:
        self._conn = self._conn or self._connect()
        return append(self._conn, self.tenant, lines)

    def _hang_up(self) -> None:
        if self._conn:
            self._conn.close()
        self._conn = None


def _word(answer: Answer, again: bool) -> list[int] | Exception:
    """Lines that were there already are our own only when we ask again."""
    if answer.positions and (answer.written or again):
        return answer.positions
    return Stale("somebody else wrote in this book first")
