"""``dossier why`` and ``dossier check``: the next steps of an invoice, and its faults."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

import typer
from typer import Argument, Option

from api.cli.kit.options import Json
from api.cli.kit.output import CONTROL, as_json, money, screen, table
from api.cli.kit.session import caught_up_session, tenant_session
from ledger.facts.books import DEBTOR, INVOICE
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import EVERYTHING
from projections import debtors
from projections.duplicates import possible_duplicates
from projections.explain.causes import Cause
from projections.explain.checks import check_invoice
from projections.explain.why import parse_moment
from projections.explain.why import why as explain

app = typer.Typer()


@app.command(epilog="Examples: `dossier why 2026-001`, `dossier why 2026-001 --at 2026-10-04`")
def why(
    invoice: Annotated[str, Argument(help="Number of the invoice.")],
    at: Annotated[str | None, Option(help="As known at this time or day's end.")] = None,
    json: Json = False,
) -> None:
    """Show what happens next and when, or why nothing does, with the entries behind it."""
    with tenant_session() as opened:
        ledger = opened.ledger
        then = parse_moment(at, ledger.zone) if at else opened.clock()
        book = ledger.history(ledger.id_of(INVOICE, invoice))
        if not book:
            raise NotFound("no-invoice", invoice=invoice)
        answer = explain(ledger, book, then)
    if json:
        return as_json(answer)
    rules = f"version {answer.playbook} of the" if answer.playbook else "the shipped"
    rules += f" playbook, ladder {answer.segment} ({answer.segment_why})"
    total = money(answer.open_amount, answer.currency)
    _print(f"Invoice {answer.invoice}: {total} open. By {rules}:")
    _print(answer.says)
    for stop in answer.stops:
        until = f" until {stop.until}" if stop.until else ""
        _print(f"\nFollow-up pauses{until}: {stop.why.rstrip('.')}.")
        _print_causes(stop.causes)
    for step in answer.next:
        who = "the clock" if step.by_clock else "you"
        rule = f", rule {step.rule}" if step.rule else ""
        _print(f"\n{step.on}: {step.what}, {money(step.amount)} (for {who}{rule})")
        _print(f"  {'; '.join(step.why)}")
        _print_causes(step.causes)


@app.command(epilog="Example: `dossier check 2026-001`")
def check(
    invoice: Annotated[str, Argument(help="Number of the invoice.")], json: Json = False
) -> None:
    """Check an invoice before it is sent: contact details, VAT number, credit, duplicates."""
    with caught_up_session() as opened, opened.pool.connection() as conn:
        state = opened.ledger.book(INVOICE, invoice).state
        if not state.number:
            raise NotFound("no-invoice", invoice=invoice)
        debtor = opened.ledger.book(DEBTOR, state.debtor).state
        same = possible_duplicates(opened.tenant, state, scope=EVERYTHING).fetch(conn)
        today = opened.ledger.today(opened.clock())
        owed = debtors.balances(opened.tenant, today, state.debtor, scope=EVERYTHING).fetch(conn)
    total = sum((row.balance for row in owed if row.currency == state.currency), Decimal(0))
    checks = check_invoice(state, debtor, same, total)
    if json:
        return as_json(checks)
    rows = [(finding.what, finding.found, finding.then) for finding in checks.findings]
    table(f"Checks of invoice {checks.invoice}", ("what", "found", "what follows"), rows)


def _print_causes(causes: Iterable[Cause]) -> None:
    for cause in causes:
        position = f"position {cause.position}, {cause.book} line {cause.line}"
        _print(f"  - {cause.on} {cause.what} ({position}, by {cause.by})")


def _print(line: str) -> None:
    screen.print(CONTROL.sub("�", line), markup=False, soft_wrap=True)
