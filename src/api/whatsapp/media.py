"""Download of media from Meta: first the address of an id, then its bytes."""

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
LATER = (401, 408, 429)  # temporary errors below 500


class MediaUnavailable(Exception):
    """The media cannot be downloaded now."""


class MediaGone(Exception):
    """The media cannot be downloaded at all."""


class _NoRedirect(HTTPRedirectHandler):
    """No redirects: the token is sent to no other server."""

    def redirect_request(self, *_: Any) -> None:
        return None


def fetch(ours: Settings, id_: str) -> bytes:
    """Return the bytes. Raises ``MediaUnavailable`` or ``MediaGone``."""
    if not ours.token:
        raise MediaGone("no token is set")
    try:
        answer = json.loads(_get(f"{ours.api}/{quote(id_, safe='')}", ours.token))
        address = str(answer["url"])
    except (ValueError, KeyError, TypeError) as error:
        raise MediaUnavailable("Meta gives no address") from error
    if urlsplit(address)[:2] not in (("https", ITS_HOST), urlsplit(ours.api)[:2]):
        raise MediaGone("its address is not at Meta's")
    return _get(address, ours.token)


def _get(url: str, token: str) -> bytes:
    headers = {"Authorization": f"Bearer {token}", "User-Agent": "dossier"}
    try:
        request = Request(url, headers=headers)
        with build_opener(_NoRedirect).open(request, timeout=ANSWER_TIMEOUT) as answer:
            content: bytes = answer.read(MAX_BYTES + 1)
    except HTTPError as error:
        with error:
            why = f"Meta answers {error.code}"
        later = error.code in LATER or error.code >= 500
        raise (MediaUnavailable if later else MediaGone)(why) from error
    except (OSError, HTTPException) as error:
        raise MediaUnavailable("Meta does not answer") from error
    if len(content) > MAX_BYTES:
        raise MediaGone(f"it is over {MAX_BYTES:,} bytes")
    return content
