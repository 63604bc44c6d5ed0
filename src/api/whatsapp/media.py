"""Fetches what was sent along: its id is asked for an address, and that for the bytes."""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from api.whatsapp.settings import Settings

MAX_BYTES = 25_000_000  # bytes
ANSWER_TIMEOUT = 5.0  # seconds for each answer
ITS_HOST = "lookaside.fbsbx.com"  # where Meta keeps media
LATER = (401, 408, 429)  # of those below 500: what may be put right


class Away(Exception):
    """It cannot be had now."""


class MediaGone(Exception):
    """It cannot be had at all."""


class _Stay(HTTPRedirectHandler):
    """The token goes nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def fetch(ours: Settings, id_: str) -> bytes:
    """Raises ``Away`` or ``MediaGone``, saying why."""
    if not ours.token:
        raise MediaGone("no token is set")
    try:
        told = json.loads(_get(f"{ours.api}/{quote(id_, safe='')}", ours.token))
        address = str(told["url"])
    except (ValueError, KeyError, TypeError) as error:
        raise Away("its address is not told") from error
    if not _may_have_the_token(address, ours.api):
        raise MediaGone("its address is not at Meta's")
    return _get(address, ours.token)


def _get(url: str, token: str) -> bytes:
    headers = {"Authorization": f"Bearer {token}", "User-Agent": "dossier"}
    try:
        with build_opener(_Stay).open(
            Request(url, headers=headers), timeout=ANSWER_TIMEOUT
        ) as answer:
            content: bytes = answer.read(MAX_BYTES + 1)
    except HTTPError as error:
        with error:
            why = f"Meta answers {error.code}"
        raise (Away if error.code in LATER or error.code >= 500 else MediaGone)(why) from error
    except (OSError, HTTPException) as error:
        raise Away("Meta does not answer") from error
    if len(content) > MAX_BYTES:
        raise MediaGone(f"it is over {MAX_BYTES:,} bytes")
    return content


def _may_have_the_token(url: str, api: str) -> bool:
    there, base = urlsplit(url), urlsplit(api)
    at_meta = there.scheme == "https" and there.netloc == ITS_HOST
    return at_meta or (there.scheme, there.netloc) == (base.scheme, base.netloc)
