"""The security log: who signed in, was refused, read something, or administered keys.

What is written stands in the ledger; this log has what is not. A line is a JSON object. Without a
handler, which ``open_log`` adds, nothing is written.
"""

import logging
import os
import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any, Literal

import msgspec
from starlette.types import Scope

from api.environment import home

SETTING = "DOSSIER_SECURITY_LOG"  # a file; "-" is standard error
LINKS = ("/a/", "/calendar/", "/i/")  # the token in their path is a secret
Kind = Literal[  # SECURITY.md says when each is written
    "signed-in",
    "signed-out",
    "sign-in-failed",
    "sign-in-mail-failed",
    "sign-in-link-made",
    "not-authenticated",
    "refused",
    "not-found",
    "read",
    "link-made",
    "portal-link-sent",
    "portal-mail-failed",
    "person-added",
    "person-changed",
    "person-ended",
    "person-admitted",
    "session-revoked",
    "key-made",
    "key-rotated",
    "key-revoked",
]
log = logging.getLogger("dossier.security")
log.propagate = False
log.setLevel(logging.INFO)


class PrivateFile(WatchedFileHandler):
    """A file for its owner only, opened again after logrotate has moved it."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def open_log() -> None:
    """Write to the file of the setting from now on. Raises ``OSError`` if it cannot be opened."""
    given = os.environ.get(SETTING) or str(home() / "security.jsonl")
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if given != "-":
        Path(given).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = PrivateFile(given)
    for before in log.handlers[:]:
        log.removeHandler(before)
        before.close()
    log.addHandler(handler)


def write(event: Kind, **fields: Any) -> None:
    if log.handlers:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        log.info(msgspec.json.encode({"time": at, "event": event} | fields).decode())


def answered(scope: Scope, status: int, who: dict[str, str], address: str, request: str) -> None:
    """Write a line if the answer is one to remember; ``who`` is the key, if one was accepted."""
    event = _event(scope, status, bool(who))
    if event and log.handlers:
        of = [part[:200] for part in named_in(scope)] if who else []
        write(
            event,
            **who,
            method=scope["method"],
            route=getattr(scope.get("route"), "path", "none"),
            of=of,
            status=status,
            address=address,
            request=request,
        )


def named_in(scope: Scope) -> list[str]:
    """Return what the path names; nothing of a link, whose token no log may have."""
    named = {} if scope["path"].startswith(LINKS) else scope.get("path_params", {})
    return [str(part) for part in named.values()]


def _event(scope: Scope, status: int, keyed: bool) -> Kind | None:
    if status == 401:
        return "not-authenticated"
    if status in (403, 429):
        return "refused"
    if keyed and status == 404:
        return "not-found"
    linked = scope["path"].startswith(LINKS)
    if linked and status in (404, 410):
        return "refused"
    reads = scope["method"] == "GET" and status < 400 and (keyed or linked)
    return "read" if reads else None
