"""``/reports``: what is open by age, what is disputed, and how long disputes take."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.kit.lists import as_csv, wants_csv
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.server.responses import as_json, unwrap, wrap
from api.pages.desk.frame import desk_page
from api.pages.desk.report_filters import Narrowed, Narrowing
from api.pages.desk.report_sheets import LABELS, ageing_sheets, cycles, dispute_sheets
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import Reader
from projections.disputes import DISPUTES
from projections.invoices import INVOICES
from projections.reports import ageing, cycle_times, open_disputes
from projections.reports.ageing import Bucket
from projections.reports.cycle_times import PHASES, CycleTime
from projections.reports.open_disputes import AGES, OpenGroup

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Bucketed = Literal["", "current", "1-30", "31-60", "61-90", "91+"]
ROWS, DEBTORS_SHOWN = 50, 50


@router.get("/reports")
async def show_ageing(visitor: Reader, chosen: Narrowed, at_least: AtLeast = 0) -> Response:
    """Show what is open by days past due, with the debtors that owe it."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    day, filters = chosen.on or visitor.today(), chosen.of_rows
    query = ageing.ageing(key.tenant_id, day, filters, scope=key.scope)
    buckets = await read.rows(key, query, INVOICES)
    if wants_csv(visitor.request):
        return as_csv(as_json(buckets), [Bucket])
    owing = ageing.by_debtor(key.tenant_id, day, filters, DEBTORS_SHOWN + 1, scope=key.scope)
    debtors = await visitor.app.query(owing)
    facts = {
        "sheets": ageing_sheets(buckets),
        "debtors": debtors[:DEBTORS_SHOWN],
        "more": len(debtors) > DEBTORS_SHOWN,
        "labels": LABELS,
        "columns": [*zip(ageing.COLUMNS, LABELS.values(), strict=True)],
    }
    return await desk_page(visitor, "desk/ageing.html", "reports", _frame(chosen, day) | facts)


@router.get("/reports/rows")
async def show_rows(
    visitor: Reader,
    chosen: Narrowed,
    currency: Annotated[str, Query(max_length=3)] = "",
    bucket: Bucketed = "",
    part: Literal["", "disputed", "overdue"] = "",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """Show the open instalments behind a figure of the ageing, the oldest first."""
    key, day = visitor.key, chosen.on or visitor.today()
    query = ageing.parts(
        key.tenant_id,
        day,
        chosen.of_rows,
        unwrap(cursor, tuple[date, str]),
        ROWS + 1,
        currency=currency,
        bucket=bucket,
        overdue=part == "overdue",
        disputed=part == "disputed",
        scope=key.scope,
    )
    rows = await visitor.app.query(query)
    more = {"currency": currency, "bucket": bucket, "part": part}
    following = ""
    if len(rows) > ROWS:
        place = wrap((rows[ROWS - 1].due_on, rows[ROWS - 1].number))
        following = chosen.address("/reports/rows", **more, cursor=place)
    facts = {
        "rows": rows[:ROWS],
        "next": following,
        "labels": LABELS,
        "bucket": bucket,
        "part_of": part,
        "currency": currency,
        "leads_back": chosen.address("/reports"),
    }
    frame = _frame(chosen, day, "/reports/rows", more)
    return await desk_page(visitor, "desk/report_rows.html", "reports", frame | facts)


@router.get("/reports/disputes")
async def show_disputes(
    visitor: Reader,
    chosen: Narrowed,
    by: Literal["reason", "resolver", "age"] = "reason",
    at_least: AtLeast = 0,
) -> Response:
    """Show what is disputed now: by reason, resolver and age."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    day, filters = chosen.on or visitor.today(), chosen.of_rows
    found = {}
    for group in [by] if wants_csv(visitor.request) else open_disputes.GROUPS:
        query = open_disputes.open_disputes(key.tenant_id, day, group, filters, scope=key.scope)
        found[group] = await read.rows(key, query, DISPUTES)
    if wants_csv(visitor.request):
        return as_csv(as_json(found[by]), [OpenGroup])
    facts = {
        "reason": dispute_sheets(found["reason"]),
        "resolver": {sheet.currency: sheet for sheet in dispute_sheets(found["resolver"])},
        "age": {sheet.currency: sheet for sheet in dispute_sheets(found["age"], [*AGES])},
        "rows_of": lambda **of: _disputes_at(chosen, day, **of),
    }
    frame = _frame(chosen, day, "/reports/disputes")
    return await desk_page(visitor, "desk/report_disputes.html", "reports", frame | facts)


@router.get("/reports/cycle-times")
async def show_cycle_times(
    visitor: Reader,
    chosen: Narrowed,
    by: Literal["reason", "resolver"] = "reason",
    at_least: AtLeast = 0,
) -> Response:
    """Show the median days that disputes spend in each phase, by reason or resolver."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    day, filters = chosen.on or visitor.today(), chosen.of_rows
    query = cycle_times.cycle_times(key.tenant_id, by, filters, PHASES, scope=key.scope)
    lags = await read.rows(key, query, DISPUTES)
    if wants_csv(visitor.request):
        return as_csv(as_json(lags), [CycleTime])
    counting = cycle_times.counts(key.tenant_id, day, by, filters, scope=key.scope)
    counts = await visitor.app.query(counting)
    counting = cycle_times.counts(key.tenant_id, day, None, filters, scope=key.scope)
    query = cycle_times.cycle_times(key.tenant_id, None, filters, PHASES, scope=key.scope)
    whole = cycles(await visitor.app.query(counting), await visitor.app.query(query))
    facts = {
        "groups": cycles(counts, lags),
        "whole": whole[0] if whole else None,
        "by": by,
        "phases": [*PHASES],
        "rows_of": lambda **of: _disputes_at(chosen, day, **of),
    }
    frame = _frame(chosen, day, "/reports/cycle-times", {"by": by})
    return await desk_page(visitor, "desk/report_cycles.html", "reports", frame | facts)


def _frame(
    chosen: Narrowing, day: date, report: str = "/reports", more: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return what the head of each report shows."""
    return {
        "chosen": chosen,
        "day": day,
        "report": report,
        "kept": more or {},
        "without": chosen.without(report, more or {}),
    }


def _disputes_at(chosen: Narrowing, day: date, age: str = "", **of: str) -> str:
    """Return the address of the disputes behind a figure."""
    given = chosen.of_rows | {"status": "open"} | of
    if age:
        least, most = AGES[age]
        given["opened_to"] = (day - timedelta(days=least)).isoformat()
        given |= {"opened_from": (day - timedelta(days=most)).isoformat()} if most < 36_500 else {}
    return f"/disputes?{urlencode(given)}"
