"""The state of the server: health, readiness, metrics and the start page.

They are for operators: they require no key and name no tenant.
"""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from pydantic import BaseModel

from api.http.auth.authentication import TheApp
from api.http.kit.openapi_errors import refusal
from api.http.kit.openapi_examples import JSON
from api.http.kit.route import Route
from api.http.server import metrics
from api.http.server.problems import Problem
from api.postman.status import Standing, outbox_status
from api.tenant_rounds import check_answers
from ledger.database.pool import UNAVAILABLE, Pool
from ledger.engine.projection_lag import CONNECT_TIMEOUT, Lag, read
from projections import READ_MODELS

router = APIRouter(tags=["running"], route_class=Route)
NAMES = [model.name for model in READ_MODELS]
CAREFUL = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
NO_STORE = {"Cache-Control": "no-store"}
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dossier</title>
<style>
:root { color-scheme: light dark; font: 17px/1.6 system-ui, sans-serif }
body { max-width: 38rem; margin: 12vh auto; padding: 0 1.5rem }
h1 { font-size: 2.4rem; margin: 0; letter-spacing: -.02em }
p.what { font-size: 1.15rem; margin: .3rem 0 2.2rem; opacity: .75 }
li { margin: .4rem 0 }
code { font-size: .9em; padding: .1em .35em; border-radius: .3em; background: #8882 }
a { color: inherit; text-underline-offset: .2em }
</style>
</head>
<body>
<h1>Dossier</h1>
<p class="what">The file of every unpaid invoice, from the first reminder to the payment.</p>
<ul>
<li><a href="/sign-in">Sign in</a> to the desk</li>
<li><a href="/docs">Interactive documentation</a>: every route, to try out</li>
<li><a href="/openapi.json">OpenAPI document</a>: for programs</li>
</ul>
<p>Every request under <code>/v1</code> carries a key. Create a key with
<code>dossier user add anna --role collector</code>, and send it as
<code>Authorization: Bearer dossier_…</code></p>
</body>
</html>
"""


READY = {"status": "ready", "lag": {"agenda": 0, "disputes": 0, "invoices": 3}}
STUCK = refusal("not-ready", "Read models that are stuck: agenda.", lag={"agenda": 812}, pending=[])


def _shown(example: Any) -> dict[str, Any]:
    return {"content": {JSON: {"example": example}}}


class Ready(BaseModel):
    """``lag``: entries that each read model is behind, at most over all tenants."""

    status: str = "ready"
    lag: dict[str, int]


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
async def start_page() -> HTMLResponse:
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": CAREFUL})


@router.get("/v1/health", responses={200: _shown({"status": "alive"})})
async def show_health(response: Response) -> dict[str, str]:
    """Report that the process is alive, without the database."""
    response.headers.update(NO_STORE)
    return {"status": "alive"}


@router.get("/v1/ready", responses={200: _shown(READY), 503: STUCK}, include_in_schema=False)
async def ready(app: TheApp, response: Response) -> Ready:
    """Report that the database is up to date and no read model is stuck."""
    response.headers.update(NO_STORE)
    try:
        found = await run_sync(read, app.pool, NAMES)
    except UNAVAILABLE:  # for some tenants only, or else the next line raises
        await run_sync(check_answers, app.pool)
        return Ready(status="partly", lag={})
    stuck = app.memory.stuck(found)
    if found.pending:
        raise _not_ready("The database is not up to date: run `dossier migrate`.", found)
    if stuck:
        raise _not_ready(f"Read models that are stuck: {', '.join(stuck)}.", found)
    return Ready(lag=found.lag())


@router.get("/metrics", response_class=Response, include_in_schema=False)
async def figures(app: TheApp) -> Response:
    """Return the metrics; those of the database are left out while it is unavailable."""
    try:
        found = await run_sync(read, app.pool, NAMES)
        gauges = _gauges(found, app.clock())
        gauges += _outbox_gauges(await run_sync(_outbox, app.pool), app.clock())
    except UNAVAILABLE:
        gauges = []
    text = metrics.shown(_registry()) + metrics.shown(Gauges(gauges))
    return Response(text, headers=NO_STORE, media_type=CONTENT_TYPE_LATEST)


def _not_ready(why: str, found: Lag) -> Problem:
    more = {"lag": found.lag(), "pending": found.pending}
    return Problem("not-ready", why, more=more, headers={"Retry-After": "5"})


def _registry() -> Collector:
    """Return the metrics of all processes; see ``api.cli.serving``."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return metrics.REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


@dataclass(frozen=True)
class Gauges:
    """Gauges in the form that ``generate_latest`` requires."""

    gauges: list[Metric]

    def collect(self) -> list[Metric]:
        return self.gauges


def _gauges(found: Lag, now: datetime) -> list[Metric]:
    """Return the maximum over all tenants: the metrics name no tenant."""
    return [
        _gauge("dossier_lag_entries", "Entries a read model is behind", found.lag()),
        _gauge("dossier_lag_seconds", "Age of the first entry not shown", found.seconds(now)),
        _gauge("dossier_parked_books", "Books a read model has set aside", found.parked()),
    ]


def _outbox(pool: Pool) -> list[Standing]:
    with pool.connection(timeout=CONNECT_TIMEOUT) as conn:
        return outbox_status(conn)


def _outbox_gauges(outbox: list[Standing], now: datetime) -> list[Metric]:
    """Return the counts of all tenants together, and the longest of their waits."""
    waiting, failed, oldest, trouble = (Counter[str]() for _ in range(4))
    for row in outbox:
        waiting[row.channel] += row.waiting
        failed[row.channel] += row.failed
        oldest[row.channel] = max(oldest[row.channel], _age(row.oldest, now))
        trouble[row.channel] = max(trouble[row.channel], _age(row.trouble_since, now))
    gauges = (
        ("waiting", "Requested messages that were not sent yet", waiting),
        ("failed", "Messages that are not retried", failed),
        ("oldest_seconds", "Age of the oldest message that waits", oldest),
        ("trouble_seconds", "Time since this channel fails", trouble),
    )
    return [_gauge(f"dossier_post_{name}", about, by, "channel") for name, about, by in gauges]


def _age(since: datetime | None, now: datetime) -> int:
    return max(int((now - since).total_seconds()), 0) if since else 0


def _gauge(name: str, about: str, values: Mapping[str, float], label: str = "projection") -> Metric:
    gauge = GaugeMetricFamily(name, about, labels=[label])
    for name_of, value in values.items():
        gauge.add_metric([name_of], value)
    return gauge
