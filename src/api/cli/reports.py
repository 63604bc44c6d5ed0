"""Commands that look at disputes: the report, and how long they take."""

from typing import Annotated

import typer

from api.cli.kit.options import AsOf, Json, KnownAt, Limit, On, today, view
from api.cli.kit.output import as_json, money, more, screen, table
from api.cli.kit.session import caught_up_session
from ledger.facts.codes import Reason
from projections import disputes as disputes_model
from projections.reports import cycle_times as cycle_times_model

app = typer.Typer()


@app.command(
    epilog="Examples: `dossier disputes --status open`, `dossier disputes --resolver sam --json`"
)
def disputes(
    status: disputes_model.Status | None = None,
    reason: Reason | None = None,
    resolver: str | None = None,
    debtor: str | None = None,
    business_unit: str | None = None,
    collector: str | None = None,
    invoice: str | None = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """The dispute report: amounts, people and the clock points T0 to T7."""
    filters = {
        "status": status and status.value,
        "reason": reason and reason.value,
        "resolver": resolver,
        "debtor": debtor,
        "business_unit": business_unit,
        "collector": collector,
        "invoice": invoice,
    }
    with (
        caught_up_session() as session,
        view(session, (disputes_model.DISPUTES,), as_of, known_at) as conn,
    ):
        rows = disputes_model.find(session.tenant, filters, limit=limit).fetch(conn)
        _, rules = session.playbook()
    if json:
        as_json(rows)
        return
    table(
        "Disputes",
        (
            "opened",
            "invoice",
            "reason",
            "status",
            "resolver",
            "reminded",
            "original",
            "disputed",
            "paid",
            "credited",
            "rejected",
            "resolved",
            "outcome",
        ),
        [
            (
                row.opened_on,
                row.invoice,
                rules.reason_name(Reason(row.reason)) if row.reason else "",
                row.status,
                row.resolver,
                row.reminders or "",
                money(row.original, row.currency),
                money(row.disputed),
                money(row.paid),
                money(row.credited),
                money(row.rejected),
                row.resolved_on,
                row.outcome,
            )
            for row in rows
        ],
        right=("reminded", "original", "disputed", "paid", "credited", "rejected"),
    )
    more(len(rows), limit)


@app.command(
    name="cycle-times",
    epilog="Examples: `dossier cycle-times`, `dossier cycle-times --by resolver --json`",
)
def cycle_times(
    by: Annotated[
        str | None, typer.Option(help=f"One of {', '.join(cycle_times_model.GROUPS)}.")
    ] = None,
    on: On = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """How long disputes take, and where the time goes, in calendar days."""
    with caught_up_session() as session:
        day = (on or as_of or today(session)).date()
        with view(session, (disputes_model.DISPUTES,), as_of, known_at) as conn:
            counts = cycle_times_model.counts(session.tenant, day, by).fetch(conn)
            lags = cycle_times_model.cycle_times(session.tenant, by).fetch(conn)
    if json:
        as_json({"counts": counts, "cycle_times": lags})
        return
    group = (by,) if by else ()
    table(
        f"Dispute cases on {day}",
        (*group, "opened", "resolved", "still open", "reopened", "open age: mean", "median", "max"),
        [
            (
                *((one.group or "(none)",) if by else ()),
                one.opened,
                one.resolved,
                one.still_open,
                one.reopened,
                _days(one.open_age_mean),
                _days(one.open_age_median),
                one.open_age_max,
            )
            for one in counts
        ],
        right=("opened", "resolved", "still open", "reopened", "open age: mean", "median", "max"),
    )
    screen.print()
    table(
        "Days",
        (*group, "from, to", "cases", "mean", "median", "p90"),
        [
            (
                *((one.group or "(none)",) if by else ()),
                f"{one.lag} ({_ends(one.lag)})",
                one.cases,
                _days(one.mean),
                _days(one.median),
                _days(one.p90),
            )
            for one in lags
        ],
        right=("cases", "mean", "median", "p90"),
    )


def _days(days: float | None) -> str:
    return "" if days is None else f"{days:,.1f}"


def _ends(lag: str) -> str:
    since, until = cycle_times_model.LAGS.get(lag, ("", ""))
    names = f"{since.removesuffix('_on')} to {until.removesuffix('_on')}"
    return names if since else "open spans added up"
