"""Commands that report on disputes: the dispute report and cycle times."""

from typing import Annotated

import typer
from typer import Option

from api.cli.kit.options import AsOf, Csv, Json, KnownAt, Limit, On, Search, match, reading
from api.cli.kit.output import as_json, as_list, money, more, screen, table
from ledger.facts.codes import Reason
from ledger.policy.visibility import EVERYTHING
from projections import dispute_queries
from projections import disputes as disputes_model
from projections.reports import cycle_times as report
from projections.reports.cycle_times import GROUPS, LAGS

app = typer.Typer()


@app.command(epilog="Example: `dossier disputes --status open`")
def disputes(
    status: disputes_model.Status | None = None,
    reason: Reason | None = None,
    resolver: str | None = None,
    debtor: str | None = None,
    business_unit: str | None = None,
    collector: str | None = None,
    invoice: str | None = None,
    search: Search = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List disputes with their amounts, people and the clock points T0 to T7."""
    filters = {
        "status": status and status.value,
        "reason": reason and reason.value,
        "resolver": resolver,
        "debtor": debtor,
        "business_unit": business_unit,
        "collector": collector,
        "invoice": invoice,
    }
    model = disputes_model.DISPUTES
    with reading(model, as_of=as_of, known_at=known_at) as (session, conn, _):
        found = match(conn, session.tenant, search)
        rows = dispute_queries.find(
            session.tenant, filters, limit=limit, match=found, scope=EVERYTHING
        ).fetch(conn)
        _, rules = session.playbook()
    if json or csv:
        return as_list(rows, csv)
    table(
        "Disputes",
        (
            *("opened", "invoice", "reason", "status", "resolver", "reminded", "original"),
            *("disputed", "paid", "credited", "rejected", "resolved", "outcome"),
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


@app.command("cycle-times", epilog="Example: `dossier cycle-times --by resolver`")
def cycle_times(
    by: Annotated[str | None, Option(help=f"Group by {', '.join(GROUPS)}.")] = None,
    on: On = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show how many calendar days disputes take, in all and for each step."""
    model = disputes_model.DISPUTES
    with reading(model, on=on, as_of=as_of, known_at=known_at) as (session, conn, day):
        counts = report.counts(session.tenant, day, by, scope=EVERYTHING).fetch(conn)
        lags = report.cycle_times(session.tenant, by, scope=EVERYTHING).fetch(conn)
    if csv:
        return as_list(lags, csv)
    if json:
        return as_json({"counts": counts, "cycle_times": lags})
    group = (by,) if by else ()
    table(
        f"Dispute cases on {day}",
        (*group, "opened", "resolved", "still open", "reopened", "open age: mean", "median", "max"),
        [
            (
                *((row.group or "(none)",) if by else ()),
                row.opened,
                row.resolved,
                row.still_open,
                row.reopened,
                _days(row.open_age_mean),
                _days(row.open_age_median),
                row.open_age_max,
            )
            for row in counts
        ],
        right=("opened", "resolved", "still open", "reopened", "open age: mean", "median", "max"),
    )
    screen.print()
    table(
        "Days",
        (*group, "from, to", "cases", "mean", "median", "p90"),
        [
            (
                *((row.group or "(none)",) if by else ()),
                f"{row.lag} ({_ends(row.lag)})",
                row.cases,
                _days(row.mean),
                _days(row.median),
                _days(row.p90),
            )
            for row in lags
        ],
        right=("cases", "mean", "median", "p90"),
    )


def _days(days: float | None) -> str:
    return "" if days is None else f"{days:,.1f}"


def _ends(lag: str) -> str:
    since, until = LAGS.get(lag, ("", ""))
    names = f"{since.removesuffix('_on')} to {until.removesuffix('_on')}"
    return names if since else "open spans added up"
