"""How the server itself does: alive, ready, figures to watch, and a page to start from.

They are for who runs it, so they take no key, and name no tenant.
"""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from anyio.to_thread import run_sync
from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from psycopg_pool import PoolTimeout
from pydantic import BaseModel

from api.http.auth.authentication import TheOffice
from api.http.kit.openapi_errors import refusal
from api.http.kit.openapi_examples import JSON
from api.http.server import metrics
from api.http.server.problems import Problem
from api.postman.status import Standing
from api.postman.status import outbox_status as look_at_post
from ledger.database.pool import Pool
from ledger.engine.projection_lag import CONNECT_TIMEOUT, Lag, read
from projections import READ_MODELS

router = APIRouter(tags=["running"])
NAMES = [model.name for model in READ_MODELS]
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
<p class="what">The file of every unpaid invoice: asked, answered, promised, disputed, solved,
paid.</p>
<ul>
<li><a href="/docs">Interactive documentation</a>: every route, to try out here</li>
<li><a href="/openapi.json">OpenAPI document</a>: for programs</li>
<li><a href="/v1/ready">Is it ready?</a> and <a href="/metrics">figures to watch</a></li>
</ul>
<p>Every request under <code>/v1</code> carries a key. Make one with
<code>dossier user add anna --role collector</code>, and give it as
<code>Authorization: Bearer dossier_…</code></p>
</body>
</html>
"""


READY = {"status": "ready", "lag": {"agenda": 0, "disputes": 0, "invoices": 3}}
STANDS = refusal("not-ready", "Read models that stand: agenda.", lag={"agenda": 812}, pending=[])


def _shown(example: Any) -> dict[str, Any]:
    return {"content": {JSON: {"example": example}}}


class Ready(BaseModel):
    """``lag``: entries that each read model is behind, in the tenant where it is the most."""

    status: str = "ready"
    lag: dict[str, int]


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
async def start_page() -> HTMLResponse:
    """Where a browser begins."""
    return HTMLResponse(PAGE, headers={"Content-Security-Policy": "script-src 'none'"})


@router.get("/v1/health", responses={200: _shown({"status": "alive"})})
async def alive(response: Response) -> dict[str, str]:
    """The process is alive. Says nothing of the database; see `/v1/ready`."""
    response.headers.update(NO_STORE)
    return {"status": "alive"}


@router.get("/v1/ready", responses={200: _shown(READY), 503: STANDS})
async def ready(app: TheOffice, response: Response) -> Ready:
    """The database answers and is up to date, and every read model goes on."""
    response.headers.update(NO_STORE)
    found = await run_sync(read, app.pool, NAMES)
    stuck = app.memory.stuck(found)
    if found.pending:
        raise _not_ready("The database is not up to date: run `dossier migrate`.", found)
    if stuck:
        raise _not_ready(f"Read models that stand: {', '.join(stuck)}.", found)
    return Ready(lag=found.lag())


@router.get("/metrics", response_class=Response, include_in_schema=False)
async def figures(app: TheOffice) -> Response:
    """For Prometheus. What the database says is left out while it does not answer."""
    try:
        found = await run_sync(read, app.pool, NAMES)
        gauges = _gauges(found, app.clock())
        gauges += _of_post(await run_sync(_post, app.pool), app.clock())
    except (psycopg.OperationalError, PoolTimeout):
        gauges = []
    text = generate_latest(_registry()) + generate_latest(Given(gauges))
    return Response(text, headers=NO_STORE, media_type=CONTENT_TYPE_LATEST)


def _not_ready(why: str, found: Lag) -> Problem:
    more = {"lag": found.lag(), "pending": found.pending}
    return Problem("not-ready", why, more=more, headers={"Retry-After": "5"})


def _registry() -> Collector:
    """Of all processes, when there are several; see ``api.cli.serving``."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return metrics.REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


@dataclass(frozen=True)
class Given:
    """Figures just read, in the shape that ``generate_latest`` asks for."""

    gauges: list[Metric]

    def collect(self) -> list[Metric]:
        return self.gauges


def _gauges(found: Lag, now: datetime) -> list[Metric]:
    """The most of all tenants: names of tenants are not told here."""
    return [
        _gauge("dossier_lag_entries", "Entries a read model is behind", found.lag()),
        _gauge("dossier_lag_seconds", "Age of the first entry not shown", found.seconds(now)),
        _gauge("dossier_parked_books", "Books a read model has set aside", found.parked()),
    ]


def _post(pool: Pool) -> list[Standing]:
    with pool.connection(timeout=CONNECT_TIMEOUT) as conn:
        return look_at_post(conn)


def _of_post(found: list[Standing], now: datetime) -> list[Metric]:
    """Of all tenants together, or of the one whose message waits longest."""
    waiting, failed, oldest, trouble = (Counter[str]() for _ in range(4))
    for one in found:
        waiting[one.channel] += one.waiting
        failed[one.channel] += one.failed
        oldest[one.channel] = max(oldest[one.channel], _age(one.oldest, now))
        trouble[one.channel] = max(trouble[one.channel], _age(one.trouble_since, now))
    told = (
        ("waiting", "Messages that were asked for and did not go yet", waiting),
        ("failed", "Messages that will not go by themselves", failed),
        ("oldest_seconds", "Since the first of those that wait was asked for", oldest),
        ("trouble_seconds", "Since when nothing goes by this channel", trouble),
    )
    return [_gauge(f"dossier_post_{name}", about, by, "channel") for name, about, by in told]


def _age(since: datetime | None, now: datetime) -> int:
    return max(int((now - since).total_seconds()), 0) if since else 0


def _gauge(name: str, about: str, values: Mapping[str, float], label: str = "projection") -> Metric:
    gauge = GaugeMetricFamily(name, about, labels=[label])
    for of, value in values.items():
        gauge.add_metric([of], value)
    return gauge
