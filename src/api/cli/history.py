"""Commands that show a file: its entries as written, or its contact log in plain sentences."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import typer
from msgspec.structs import asdict
from typer import Argument, Option

from api.cli.kit.options import Csv, Json
from api.cli.kit.output import as_list, table
from api.cli.kit.session import caught_up_session
from api.session import TenantSession
from ledger.facts.books import DEBTOR, INVOICE, BookKind
from ledger.facts.entry import Entry
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import EVERYTHING
from ledger.store.reading import hashes
from projections.contact_log import log

app = typer.Typer()


@app.command(epilog="Example: `dossier history 2026-001 --upto 4`")
def history(
    number: Annotated[str, Argument(help="Number of the invoice or debtor.")],
    debtor: Annotated[bool, Option("--debtor", help="Show a debtor's file.")] = False,
    upto: Annotated[int | None, Option(help="Last line of the book to show.")] = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show every entry of a book as written, with its hash."""
    with caught_up_session() as session:
        entries = _book(session, DEBTOR if debtor else INVOICE, number, upto)
        with session.pool.connection() as conn:
            hashed = hashes(conn, session.tenant, entries[0].book_id)
        lines = [_as_written(entry, hashed[entry.line]) for entry in entries]
    if json or csv:
        return as_list(lines, csv)
    table(
        f"History of {'debtor' if debtor else 'invoice'} {number}",
        ("position", "line", "on", "recorded", "by", "what", "data", "flags", "hash"),
        [
            (
                line["position"],
                line["line"],
                line["on"],
                f"{line['recorded']:%Y-%m-%d %H:%M:%S}Z",
                line["by"],
                line["topic"],
                msgspec.json.encode(line["data"]).decode(),
                ", ".join(line["flags"]),
                line["content_hash"][:12],
            )
            for line in lines
        ],
        right=("position", "line"),
    )


@app.command("contact-log", epilog="Example: `dossier contact-log D-17 --debtor`")
def contact_log(
    number: Annotated[str, Argument(help="Number of the invoice or debtor.")],
    debtor: Annotated[bool, Option("--debtor", help="Show a debtor's file.")] = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show the file in plain sentences: reminders, answers, promises and payments."""
    kind = DEBTOR if debtor else INVOICE
    rows: Sequence[log.LogEntry]
    with caught_up_session() as session, session.pool.connection() as conn:
        id_ = session.ledger.id_of(kind, number)
        if debtor:
            rows = log.of_debtor(session.tenant, id_, number, scope=EVERYTHING).fetch(conn)
        else:
            rows = log.of_book(session.tenant, id_).fetch(conn)
        if not rows:
            raise _unknown(kind, number)
    if json or csv:
        return as_list(rows, csv)
    table(
        f"Contact log of {kind.name} {number}",
        ("on", "recorded", *(("invoice",) if debtor else ()), "by", "what", "unusual"),
        [
            (
                row.happened_on,
                f"{row.at.astimezone(session.ledger.zone):%Y-%m-%d %H:%M}",
                *((getattr(row, "invoice", None),) if debtor else ()),
                row.by,
                row.what,
                ", ".join(row.flags),
            )
            for row in rows
        ],
    )


def _book(
    session: TenantSession, kind: BookKind[Any], number: str, upto: int | None
) -> list[Entry]:
    id_, read = session.ledger.id_of(kind, number), session.ledger.history
    if entries := read(id_) if upto is None else read(id_, upto=upto):
        return entries
    raise _unknown(kind, number)


def _unknown(kind: BookKind[Any], number: str) -> NotFound:
    if kind is DEBTOR:
        return NotFound("no-debtor", debtor=number)
    return NotFound("no-invoice", invoice=number)


def _as_written(entry: Entry, hashed: bytes) -> dict[str, Any]:
    return {
        "position": entry.position,
        "line": entry.line,
        "on": entry.event.on,
        "recorded": entry.at,
        "by": entry.by,
        "topic": entry.event.topic,
        "data": {name: value for name, value in asdict(entry.event).items() if name != "on"},
        "flags": entry.flags,
        "correlation": entry.correlation,
        "causation": entry.causation,
        "via": entry.via,
        "content_hash": hashed.hex(),
    } | ({"because": entry.because} if entry.because else {})
