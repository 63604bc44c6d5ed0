"""The group append: what waits is written together, so that many callers share one flush.

Nobody's thread is set aside for it. Whoever finds the appender idle has the turn and writes for all
who wait (flat combining): a lone caller pays no hand-over, and many callers pay one flush together.
The turn then goes round: through all who were written for, each of whom wakes the next, and only
then to the first who came meanwhile. By then most of the others are back with their next lines, and
one batch holds all.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from threading import Condition, Lock
from time import perf_counter
from typing import Any, TypeVar

from psycopg import Connection, InterfaceError, OperationalError
from psycopg.errors import DeadlockDetected, InternalError_, SerializationFailure

from ledger.store.append import AppendResult, Line, Observer, append, ignore
from ledger.store.errors import Stale

MAX_LINES, MAX_CHARACTERS = 500, 1_000_000  # one append may exceed them; it then goes alone
OUTCOME_UNKNOWN = (  # it may have been written: ask again, and take our own lines as ours
    OperationalError,
    InterfaceError,
    DeadlockDetected,
    SerializationFailure,
    InternalError_,
)
HANDOVER_LIMIT = 0.004  # seconds; a thread that computes keeps the interpreter for 0.005
T = TypeVar("T")


class PendingAppend:
    """One caller's lines, and the lock it waits on until it is answered or has the turn."""

    __slots__ = ("lines", "result", "wake")

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.result: list[int] | Exception | None = None  # positions, or why there are none
        self.wake = Lock()
        self.wake.acquire()

    @property
    def size(self) -> int:
        return sum(len(line.state) for line in self.lines)

    def wake_up(self) -> None:
        """May be done again: nobody waits twice."""
        if self.wake.locked():
            self.wake.release()

    def positions(self) -> list[int]:
        if isinstance(self.result, Exception):
            raise self.result
        assert self.result is not None
        return self.result


class Appender:
    """One per process and tenant; any number of threads may call it."""

    def __init__(
        self, connect: Callable[[], Connection[Any]], tenant: str, watch: Observer = ignore
    ) -> None:
        self.tenant = tenant
        self._connect = connect
        self._watch = watch
        self._conn: Connection[Any] | None = None  # used by him alone who has the turn
        self._lock = Lock()  # to all below
        self._waiting: list[PendingAppend] = []
        self._batch: list[PendingAppend] = []  # written together; who has heard leaves it
        self._leader: PendingAppend | None = None
        self._moved = 0.0  # when somebody last heard or had the turn
        self._closed = False
        self._idle = Condition(self._lock)

    def append(self, lines: Sequence[Line]) -> list[int]:
        """All lines or none. Returns their positions; raises ``Stale``."""
        asked = PendingAppend(lines)
        try:
            self._queue(asked)
            if self._leader is not asked:
                asked.wake.acquire()
            if asked.result is None:
                self._take_turn()
            self._hand_over(asked)
        except BaseException:  # Ctrl-C, at any moment: the others must still hear
            self._leave(asked)
            raise
        return asked.positions()

    def read(self, query: Callable[[Connection[Any]], T]) -> T | None:
        """What the query answers on our own connection, or ``None`` when that is not free now.

        A lone caller then reads and writes on one connection, whose server process is warm: a
        command takes 15 % less time than when it reads on another.
        """
        reader = PendingAppend(())
        with self._lock:
            conn = self._conn
            if self._leader or conn is None:
                return None
            self._leader = reader
        try:
            found = query(conn)
            self._hand_over(reader)
        except BaseException as error:  # Ctrl-C too: an answer that nobody took may be under way
            self._leave(reader)
            if isinstance(error, OUTCOME_UNKNOWN):
                return None
            raise
        return found

    def close(self) -> None:
        """Take nothing new, and wait until what was taken is written."""
        with self._lock:
            self._closed = True
            self._idle.wait_for(lambda: self._leader is None)
            self._disconnect()

    def _queue(self, asked: PendingAppend) -> None:
        with self._lock:
            if self._closed:
                raise RuntimeError("the ledger is closed")
            self._waiting.append(asked)
            if self._leader is None:
                self._leader = asked

    def _hand_over(self, asked: PendingAppend) -> None:
        """He has heard, and the turn goes on if it is his. May be done again."""
        with self._lock:
            if asked in self._batch:
                self._batch.remove(asked)
            if self._leader is asked:
                self._leader = next(chain(self._batch, self._waiting), None)
                if self._late():  # others compute: one by one, each of us would wait for them
                    for other in self._batch:
                        if other.result is not None:
                            other.wake_up()
            if self._leader is None:
                self._idle.notify_all()
            else:
                self._leader.wake_up()

    def _late(self) -> bool:
        before, self._moved = self._moved, perf_counter()
        return self._moved - before > HANDOVER_LIMIT

    def _leave(self, asked: PendingAppend) -> None:
        with self._lock:
            self._waiting = [other for other in self._waiting if other is not asked]
        if self._leader is asked:
            self._disconnect()
        self._hand_over(asked)

    def _take_turn(self) -> None:
        """Write one batch, of which the caller's own lines are the first."""
        again = bool(self._batch)  # left by a writer who was interrupted
        if not again:
            self._take()
        self._write(list(self._batch), again)

    def _take(self) -> None:
        """All that waits, within the caps."""
        lines = size = many = 0
        with self._lock:
            for asked in self._waiting:
                lines += len(asked.lines)
                size += asked.size
                if many and (lines > MAX_LINES or size > MAX_CHARACTERS):
                    break
                many += 1
            self._batch, self._waiting = self._waiting[:many], self._waiting[many:]

    def _write(self, batch: list[PendingAppend], again: bool) -> None:
        start = perf_counter()
        try:
            answers, again = self._send(batch, again)
        except Exception as error:
            if len(batch) == 1 or isinstance(error, OUTCOME_UNKNOWN):
                _tell(batch, [error] * len(batch))
            else:  # one bad append must not fail its neighbours
                for asked in batch:
                    self._write([asked], again)
            return
        words = [_result(answer, again) for answer in answers]
        _tell(batch, words)
        self._moved = perf_counter()
        stale = sum(isinstance(word, Stale) for word in words)
        self._watch(sum(len(asked.lines) for asked in batch), self._moved - start, stale)

    def _send(self, batch: list[PendingAppend], again: bool) -> tuple[list[AppendResult], bool]:
        """A connection that dies takes the answer with it: ask once more on a new one.

        The batch is repeated whole, never split, so that its order is the order it may have had.
        """
        lines = [asked.lines for asked in batch]
        try:
            return self._append(lines), again
        except OUTCOME_UNKNOWN:
            self._disconnect()
        try:
            return self._append(lines), True
        except OUTCOME_UNKNOWN:
            self._disconnect()
            raise

    def _append(self, lines: Sequence[Sequence[Line]]) -> list[AppendResult]:
        self._conn = self._conn or self._connect()
        return append(self._conn, self.tenant, lines)

    def _disconnect(self) -> None:
        if self._conn:
            self._conn.close()
        self._conn = None


def _result(answer: AppendResult, again: bool) -> list[int] | Exception:
    """Lines that were there already are our own only when we ask again."""
    if answer.positions and (answer.written or again):
        return answer.positions
    return Stale("somebody else wrote in this book first")


def _tell(batch: Sequence[PendingAppend], words: Sequence[list[int] | Exception]) -> None:
    for asked, word in zip(batch, words, strict=True):
        asked.result = word
