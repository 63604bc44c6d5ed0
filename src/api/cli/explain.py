"""``dossier why`` and ``dossier check``: what comes next for an invoice, what looks wrong."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

import typer

from api.cli.kit.options import Json
from api.cli.kit.output import CONTROL, as_json, money, screen, table
from api.cli.kit.session import caught_up_session, tenant_session
from ledger.facts.books import DEBTOR, INVOICE
from ledger.policy.refusal import NotFound
from projections import debtors
from projections.duplicates import possible_duplicates
from projections.explain import why as answering
from projections.explain.causes import Cause
from projections.explain.checks import check_invoice

app = typer.Typer()


@app.command(epilog="Examples: `dossier why 2026-001`, `dossier why 2026-001 --at 2026-10-04`")
def why(
    invoice: Annotated[str, typer.Argument(help="Number of the invoice.")],
    at: Annotated[
        str | None, typer.Option(help="As it was known then: a day (its end) or a time.")
    ] = None,
    json: Json = False,
) -> None:
    """What will happen next and when, or why nothing does, and the entries that made it so."""
    with tenant_session() as opened:
        ledger = opened.ledger
        then = answering.parse_moment(at, ledger.zone) if at else opened.clock()
        book = ledger.history(ledger.id_of(INVOICE, invoice))
        if not book:
            raise NotFound("no-invoice", invoice=invoice)
        told = answering.why(ledger, book, then)
    if json:
        as_json(told)
        return
    rules = f"version {told.playbook} of the playbook" if told.playbook else "the shipped playbook"
    rules += f", ladder {told.segment} ({told.segment_why})"
    _say(f"Invoice {told.invoice}: {money(told.open_amount, told.currency)} open. By {rules}:")
    _say(told.says)
    for stop in told.stops:
        _say(f"\nIt rests{f' until {stop.until}' if stop.until else ''}: {stop.why.rstrip('.')}.")
        _because(stop.causes)
    for one in told.next:
        who = "the clock" if one.by_clock else "you"
        rule = f", rule {one.rule}" if one.rule else ""
        _say(f"\n{one.on}: {one.what}, {money(one.amount)} (for {who}{rule})")
        _say(f"  {'; '.join(one.why)}")
        _because(one.causes)


@app.command(epilog="Example: `dossier check 2026-001`")
def check(
    invoice: Annotated[str, typer.Argument(help="Number of the invoice.")], json: Json = False
) -> None:
    """What to look at before it goes out: contact details, VAT number, credit, duplicates."""
    with caught_up_session() as opened, opened.pool.connection() as conn:
        state = opened.ledger.book(INVOICE, invoice).state
        if not state.number:
            raise NotFound("no-invoice", invoice=invoice)
        debtor = opened.ledger.book(DEBTOR, state.debtor).state
        same = possible_duplicates(opened.tenant, state).fetch(conn)
        today = opened.ledger.today(opened.clock())
        owed = debtors.balances(opened.tenant, today, state.debtor).fetch(conn)
    total = sum((one.balance for one in owed if one.currency == state.currency), Decimal(0))
    told = check_invoice(state, debtor, same, total)
    if json:
        as_json(told)
        return
    rows = [(one.what, one.found, one.then) for one in told.findings]
    table(f"Checks of invoice {told.invoice}", ("what", "found", "what follows"), rows)


def _because(causes: Iterable[Cause]) -> None:
    for one in causes:
        place = f"position {one.position}, {one.book} line {one.line}"
        _say(f"  - {one.on} {one.what} ({place}, by {one.by})")


def _say(line: str) -> None:
    screen.print(CONTROL.sub("�", line), markup=False, soft_wrap=True)
