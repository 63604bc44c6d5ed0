"""Reports: ageing, items by status, cycle times."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.authentication import Reader
from api.http.kit.fast_route import FastRoute
from api.http.kit.lists import CSV, as_csv, wants_csv
from api.http.kit.read_endpoint import NEXT, OnDay, Paging, Reading, documented
from api.http.routes.disputes_read import FilteredBy, behind, found
from api.http.server.responses import as_json
from projections.disputes import DISPUTES, DisputeRow
from projections.invoices import INVOICES
from projections.reports import ageing as ageing_model
from projections.reports import cycle_times
from projections.reports.ageing import Bucket, Total
from projections.reports.cycle_times import Count, CycleTime

router = APIRouter(prefix="/v1/reports", tags=["reports"], route_class=FastRoute)
By = Literal["reason", "resolver", "business_unit", "collector", "debtor", "outcome", "root_cause"]


@dataclass(frozen=True, slots=True)
class CycleTimes:
    """The number of cases and their durations in calendar days."""

    counts: list[Count]
    cycle_times: list[CycleTime]


@router.get("/disputes", deprecated=True, responses=documented(list[DisputeRow], NEXT))
async def report_disputes(key: Reader, page: Paging, filters: FilteredBy) -> Response:
    """Return the same list as `GET /v1/disputes`, which answers CSV too; it ends with 1.0."""
    return page.page(await found(key, page, filters), behind)


@router.get("/items-status", responses=documented(list[Total]))
async def report_items_status(key: Reader, read: Reading) -> Response:
    """Return the number of invoices and the open amount by status and currency."""
    query = ageing_model.totals(key.tenant_id, scope=key.scope)
    return as_json(await read.rows(key, query, INVOICES))


@router.get("/cycle-times", responses=documented(CycleTimes, other=CSV))
async def report_cycle_times(
    key: Reader,
    read: Reading,
    by: Annotated[By | None, Query(description="Group by this field.")] = None,
    on: OnDay = None,
    table: Annotated[
        Literal["counts", "cycle_times"], Query(description="The table in the CSV.")
    ] = "cycle_times",
) -> Response:
    """Return how long the phases of disputes take, and the age of open disputes on a day."""
    day, scope = on or read.today(key), key.scope
    counts = await read.rows(key, cycle_times.counts(key.tenant_id, day, by, scope=scope), DISPUTES)
    lags = await read.app.query(cycle_times.cycle_times(key.tenant_id, by, scope=scope))
    if not wants_csv(read.request):
        return as_json(CycleTimes(counts, lags))
    if table == "counts":
        return as_csv(as_json(counts), [Count])
    return as_csv(as_json(lags), [CycleTime])


@router.get("/ageing", responses=documented(list[Bucket]))
async def report_ageing(key: Reader, read: Reading, on: OnDay = None) -> Response:
    """Return open amounts by days overdue per instalment, disputed and undisputed."""
    query = ageing_model.ageing(key.tenant_id, on or read.today(key), scope=key.scope)
    return as_json(await read.rows(key, query, INVOICES))
