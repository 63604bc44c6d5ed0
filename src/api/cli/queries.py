"""Commands that list what is open: agenda, invoices, debtors, ageing."""

from typing import Annotated, Any

import typer

from api.cli.kit.options import AsOf, Json, KnownAt, Limit, On, today, view
from api.cli.kit.output import as_json, money, more, screen, table
from api.cli.kit.session import caught_up_session
from ledger.facts.codes import Reason, Status, TaskKind
from projections import agenda as agenda_model
from projections import debtors as debtors_model
from projections import invoices as invoices_model
from projections.reports import ageing as ageing_model

app = typer.Typer()


@app.command(
    epilog="Examples: `dossier agenda`, `dossier agenda --collector anna --on 2026-03-02`,"
    " `dossier agenda --as-of 2026-01-31 --json`"
)
def agenda(
    on: On = None,
    collector: str | None = None,
    resolver: str | None = None,
    business_unit: str | None = None,
    debtor: str | None = None,
    status: Annotated[Status | None, typer.Option(help="Status of the invoice.")] = None,
    reason: Annotated[Reason | None, typer.Option(help="Dispute reason.")] = None,
    action: Annotated[TaskKind | None, typer.Option(help="Kind of task.")] = None,
    held: Annotated[
        bool, typer.Option("--held", help="Tasks paused by a hold on the debtor.")
    ] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = 50,
    json: Json = False,
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
    with caught_up_session() as session:
        day = (on or as_of or today(session)).date()
        models = (agenda_model.AGENDA, debtors_model.DEBTORS)
        with view(session, models, as_of, known_at) as conn:
            rows = agenda_model.list_due(
                session.tenant, day, filters, limit=limit, held=held
            ).fetch(conn)
            work = agenda_model.workload(session.tenant, day, collector).fetch(conn)
    if json:
        return as_json(
            [{"priority": -row.item.rank, **_fields(row.item), **_held(row)} for row in rows]
        )
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
    overdue: Annotated[bool, typer.Option("--overdue", help="Due before today or --on.")] = False,
    on: On = None,
    after: Annotated[str, typer.Option(help="Last number of the previous page.")] = "",
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List invoices with their status, amounts and next step."""
    filters = {
        "debtor": debtor,
        "collector": collector,
        "business_unit": business_unit,
        "status": status and status.value,
    }
    with caught_up_session() as session, session.pool.connection() as conn:
        day = on.date() if on else session.ledger.today(session.clock())
        rows = invoices_model.find(
            session.tenant, filters, day if overdue else None, after, limit
        ).fetch(conn)
        _, rules = session.playbook()
    if json:
        return as_json(rows)
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
    debtor: Annotated[str | None, typer.Option(help="Number of the only debtor to show.")] = None,
    after: Annotated[str, typer.Option(help="Last number of the previous page.")] = "",
    on: On = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List what each debtor owes, disputes and promised."""
    with caught_up_session() as session, session.pool.connection() as conn:
        day = on.date() if on else session.ledger.today(session.clock())
        rows = debtors_model.balances(session.tenant, day, debtor, after, limit).fetch(conn)
    if json:
        return as_json(rows)
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
def ageing(on: On = None, as_of: AsOf = None, known_at: KnownAt = None, json: Json = False) -> None:
    """Show open amounts by days past due, disputed and undisputed."""
    with caught_up_session() as session:
        day = (on or as_of or today(session)).date()
        with view(session, (invoices_model.INVOICES,), as_of, known_at) as conn:
            rows = ageing_model.ageing(session.tenant, day).fetch(conn)
    if json:
        return as_json(rows)
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


def _fields(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _held(row: agenda_model.AgendaItemView) -> dict[str, Any]:
    return {"debtor_name": row.debtor_name, "held": row.held, "held_until": row.held_until}
