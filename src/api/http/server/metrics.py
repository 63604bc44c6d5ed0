"""Metrics for Prometheus, shown at ``/metrics``."""

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import Scope

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
