"""Metrics for Prometheus, shown at ``/metrics``."""

import re

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.registry import Collector
from starlette.types import Scope

CREATED = re.compile(rb"(# \w+ )?\w+_created[ {]")
REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "dossier_requests", "HTTP requests", ["method", "route", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "dossier_request_seconds", "Time to the first byte", ["method", "route"], registry=REGISTRY
)
APPEND = Histogram("dossier_append_seconds", "Time of one append", registry=REGISTRY)
CONFLICTS = Counter("dossier_append_conflicts", "Appends that were stale", registry=REGISTRY)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
BATCH = Histogram(
    "dossier_append_batch_lines", "Lines in one statement", buckets=SIZES, registry=REGISTRY
)
FOLLOWED = Counter(
    "dossier_followed_entries", "Entries that the read models took", registry=REGISTRY
)
FOLLOW = Histogram("dossier_follow_seconds", "Time of one batch of entries", registry=REGISTRY)
WORKER_STARTS = Counter("dossier_worker_starts", "Starts of the worker", registry=REGISTRY)


def shown(registry: Collector) -> bytes:
    """Return the figures as text, without when each began to be counted."""
    lines = generate_latest(registry).splitlines(keepends=True)
    return b"".join(line for line in lines if not CREATED.match(line))


def request(scope: Scope, status: int, seconds: float) -> None:
    """Count the request by its route, never by its path: paths hold invoice numbers."""
    route = getattr(scope.get("route"), "path", "none")
    REQUESTS.labels(scope["method"], route, status).inc()
    SECONDS.labels(scope["method"], route).observe(seconds)


def appended(lines: int, seconds: float, stale: int) -> None:
    APPEND.observe(seconds)
    BATCH.observe(lines)
    CONFLICTS.inc(stale)


def followed(entries: int, seconds: float) -> None:
    FOLLOWED.inc(entries)
    FOLLOW.observe(seconds)
