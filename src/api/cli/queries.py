"""Commands that list what is open: agenda, invoices, debtors, ageing."""

from typing import Annotated, Any

import typer
from typer import Option

from api.cli.kit.options import AsOf, Csv, Json, KnownAt, Limit, On, Search, match, reading
from api.cli.kit.output import as_list, money, more, screen, table
from ledger.facts.codes import Reason, Status, TaskKind
from ledger.policy.visibility import EVERYTHING
from projections import agenda as agenda_model
from projections import debtors as debtors_model
from projections import invoices as invoices_model
from projections.reports import ageing as ageing_model

app = typer.Typer()


@app.command(epilog="Example: `dossier agenda --collector anna --on 2026-03-02`")
def agenda(
    on: On = None,
    collector: str | None = None,
    resolver: str | None = None,
    business_unit: str | None = None,
    debtor: str | None = None,
    status: Annotated[Status | None, Option(help="Status of the invoice.")] = None,
    reason: Annotated[Reason | None, Option(help="Dispute reason.")] = None,
    action: Annotated[TaskKind | None, Option(help="Kind of task.")] = None,
    search: Search = None,
    held: Annotated[bool, Option("--held", help="Tasks paused by a debtor's hold.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List the tasks: what, for whom and why; the most urgent first."""
    filters = {
        "collector": collector,
        "resolver": resolver,
        "business_unit": business_unit,
        "debtor": debtor,
        "status": status and status.value,
        "reason": reason and reason.value,
        "action": action and action.value,
    }
    models = (agenda_model.AGENDA, debtors_model.DEBTORS)
    with reading(*models, on=on, as_of=as_of, known_at=known_at) as (session, conn, day):
        due = agenda_model.list_due(
            session.tenant,
            day,
            filters,
            limit=limit,
            held=held,
            match=match(conn, session.tenant, search),
            scope=EVERYTHING,
        )
        rows = due.fetch(conn)
        work = agenda_model.workload(session.tenant, day, filters).fetch(conn)
    if json or csv:
        return as_list([_as_json(row) for row in rows], csv)
    table(
        f"Agenda of {day}",
        ("urgency", "what", "invoice", "debtor", "amount", "since", "for", "why"),
        [
            (
                -row.item.rank,
                row.item.action,
                row.item.invoice,
                row.debtor_name.strip() or row.item.debtor,
                money(row.item.amount, row.item.currency),
                row.item.due_on,
                row.item.resolver or row.item.collector,
                "; ".join(row.item.why),
            )
            for row in rows
        ],
        right=("urgency", "amount"),
    )
    more(len(rows), limit)
    screen.print()
    table(
        "Work due",
        ("what", "tasks", "amount"),
        [(row.action, f"{row.items:,}", money(row.amount, row.currency)) for row in work],
        right=("tasks", "amount"),
    )


@app.command(epilog="Examples: `dossier invoices --status disputed`, `dossier invoices --overdue`")
def invoices(
    debtor: str | None = None,
    collector: str | None = None,
    business_unit: str | None = None,
    status: Status | None = None,
    search: Search = None,
    overdue: Annotated[bool, Option("--overdue", help="Due before today or --on.")] = False,
    on: On = None,
    after: Annotated[str, Option(help="Last number of the previous page.")] = "",
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List invoices with their status, amounts and next step."""
    filters = {
        "debtor": debtor,
        "collector": collector,
        "business_unit": business_unit,
        "status": status and status.value,
    }
    with reading(on=on) as (session, conn, day):
        due_before = day if overdue else None
        rows = invoices_model.find(
            session.tenant,
            filters,
            due_before,
            after,
            limit,
            match=match(conn, session.tenant, search),
            scope=EVERYTHING,
        ).fetch(conn)
        _, rules = session.playbook()
    if json or csv:
        return as_list(rows, csv)
    table(
        "Invoices",
        ("invoice", "debtor", "status", "due", "amount", "open", "disputed", "next"),
        [
            (
                row.number,
                row.debtor,
                rules.status_name(Status(row.status)),
                row.due_on,
                money(row.amount, row.currency),
                money(row.open_amount),
                money(row.disputed_amount),
                f"{row.next_action} {row.next_action_on or ''}".strip(),
            )
            for row in rows
        ],
        right=("amount", "open", "disputed"),
    )
    more(len(rows), limit)


@app.command(epilog="Example: `dossier debtors --json`")
def debtors(
    debtor: Annotated[str | None, Option(help="Number of the only debtor to show.")] = None,
    search: Search = None,
    after: Annotated[str, Option(help="Last number of the previous page.")] = "",
    on: On = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List what each debtor owes, disputes and promised."""
    with reading(on=on) as (session, conn, day):
        found = match(conn, session.tenant, search)
        rows = debtors_model.balances(
            session.tenant, day, debtor, after, limit, found, scope=EVERYTHING
        ).fetch(conn)
    if json or csv:
        return as_list(rows, csv)
    table(
        f"Debtors on {day}",
        ("debtor", "name", "open", "balance", "overdue", "disputed", "disputes", "kept", "broken"),
        [
            (
                row.debtor,
                row.name + (" (held)" if row.held else ""),
                row.invoices,
                money(row.balance, row.currency),
                money(row.overdue),
                money(row.disputed),
                row.disputes,
                row.promises_kept,
                row.promises_broken,
            )
            for row in rows
        ],
        right=("open", "balance", "overdue", "disputed", "disputes", "kept", "broken"),
    )
    more(len(rows), limit)


@app.command(epilog="Example: `dossier ageing --as-of 2026-01-31`")
def ageing(
    on: On = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show open amounts by days past due, disputed and undisputed."""
    model = invoices_model.INVOICES
    with reading(model, on=on, as_of=as_of, known_at=known_at) as (session, conn, day):
        rows = ageing_model.ageing(session.tenant, day, scope=EVERYTHING).fetch(conn)
    if json or csv:
        return as_list(rows, csv)
    table(
        f"Ageing on {day}",
        ("currency", "days past due", "invoices", "open", "disputed", "undisputed"),
        [
            (
                row.currency,
                row.bucket,
                f"{row.invoices:,}",
                money(row.open_amount),
                money(row.disputed),
                money(row.undisputed),
            )
            for row in rows
        ],
        right=("invoices", "open", "disputed", "undisputed"),
    )


def _as_json(row: agenda_model.AgendaItemView) -> dict[str, Any]:
    task = {name: getattr(row.item, name) for name in row.item.__slots__}
    hold = {"debtor_name": row.debtor_name, "held": row.held, "held_until": row.held_until}
    return {"priority": -row.item.rank, **task, **hold}
