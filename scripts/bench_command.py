"""One command: load a book of twelve lines, decide, write down."""

from functools import partial
from itertools import count

import baseline
from commands.command import DecisionContext, decide
from commands.context import Context, Reactions
from commands.disputes.resolvers import RemindResolver
from commands.execute import execute
from ledger.database.pool import connect
from ledger.facts.books import INVOICE, replay
from ledger.store.append import append, make_line
from ledger.store.codec import decode, encode
from ledger.store.ledger import Ledger
from ledger.store.reading import COLUMNS
from sample_data import AT, IN_DISPUTE, TENANT, TODAY, copy, empty, entries
from timing import Bench, Laps, explain, rate_of

MOST, TURNS = 32, 5
LINES = 1 + len(IN_DISPUTE)
THEIRS, OURS, CROWD = "library, default aggregate", "command", f"command, {MOST} callers"
REMEMBERED = "command, book remembered"
SET, ROUNDS = 100, 3  # remembered books, fewer than the ledger remembers; commands on each
CONTEXT = Context("anna", AT, reactions=Reactions.NONE)  # record it only, as the library does


def run(bench: Bench) -> None:
    ledger, serial = Ledger(bench.pool), count()
    with bench.owner() as conn:
        empty(conn)

    def books(how_many: int) -> list[str]:
        """Numbers of invoices that have twelve lines each."""
        name = f"command-{next(serial)}"
        with bench.owner() as conn:
            copy(conn, entries(how_many * LINES, name, IN_DISPUTE))
        return [f"{name}-{n}" for n in range(how_many)]

    def remind(number: str) -> None:
        execute(ledger, [RemindResolver(invoice=number)], CONTEXT)

    def remembered() -> list[str]:
        """Numbers of invoices that this process has read already, each as often as it is used."""
        numbers = books(SET)
        for number in numbers:
            ledger.book(INVOICE, number)
        return numbers * ROUNDS

    many = bench.size.commands // TURNS
    with baseline.Cases(baseline.env(bench.owner_url)) as theirs:
        found = bench.compare(
            f"one command on a book of {LINES} lines",
            (THEIRS, lambda: rate_of(1, theirs.made(many // 4), theirs.remind)),
            (OURS, lambda: rate_of(1, books(many), remind)),
            (REMEMBERED, lambda: rate_of(1, remembered(), remind)),
            (CROWD, lambda: rate_of(MOST, books(2 * many), remind)),
            turns=TURNS * bench.size.runs,
        )
    bench.target("one command, one thread: times the library", found[OURS], 3)
    bench.target("the same, book remembered: times the library", found[REMEMBERED], 4)
    parts(bench, ledger, books(many))
    if bench.size.explain:
        explain("one command", partial(rate_of, 1, books(many), remind))
    ledger.close()


def parts(bench: Bench, ledger: Ledger, numbers: list[str]) -> None:
    """Show where the time of one command is spent."""
    laps, now = Laps(), DecisionContext(TODAY, CONTEXT.by)
    query = f"select {COLUMNS} from entry where tenant_id = %s and book_id = %s order by line"
    with connect(bench.pool) as conn:
        for number in numbers:
            laps.begin()
            command = RemindResolver(invoice=number)
            laps.end("validate")
            id_ = ledger.id_of(INVOICE, number)
            rows = conn.execute(query, [TENANT, id_], prepare=True, binary=True).fetchall()
            laps.end("load")
            entries = [decode(*row) for row in rows]
            laps.end("decode")
            state = replay(INVOICE, id_, entries).state
            laps.end("replay")
            _, decided = decide(state, command, now, CONTEXT)
            laps.end("decide")
            lines = [
                make_line(TENANT, e.book_id, e.line, e.event.topic, encode(e)) for e in decided
            ]
            laps.end("encode and hash")
            append(conn, TENANT, [lines])
            laps.end("append")
    laps.show("where the time of a command is spent", len(numbers))
