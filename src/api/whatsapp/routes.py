"""``/v1/webhooks/whatsapp``: Meta delivers the messages to our numbers here.

Success is answered once all of them are recorded; after any other answer Meta delivers again.
"""

import hmac
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import PlainTextResponse, Response

from api.http.auth.authentication import TheApp
from api.http.server.problems import Problem
from api.whatsapp.receive import ReceivedInPart, receive_all
from api.whatsapp.settings import Settings

router = APIRouter(include_in_schema=False)
PATH = "/v1/webhooks/whatsapp"
MAX_BYTES = 3_000_000  # Meta's own limit


@router.get(PATH)
async def verify(
    request: Request,
    mode: Annotated[str, Query(alias="hub.mode")] = "",
    token: Annotated[str, Query(alias="hub.verify_token")] = "",
    challenge: Annotated[str, Query(alias="hub.challenge")] = "",
) -> Response:
    """Answer Meta's check, which it makes when the webhook is set up."""
    ours = _settings(request)
    known = hmac.compare_digest(token.encode(), ours.verify.encode())
    if mode != "subscribe" or not ours.verify or not known:
        raise Problem("not-allowed", "The verify token is wrong.")
    return PlainTextResponse(challenge, headers={"X-Content-Type-Options": "nosniff"})


@router.post(PATH)
async def receive(request: Request, app: TheApp) -> Response:
    ours, raw = _settings(request), await _body(request)
    if not signed(ours.secret, raw, request.headers.get("x-hub-signature-256", "")):
        raise Problem("not-authenticated", "The signature is not that of our app.")
    try:
        await app.run_in_thread(lambda: receive_all(app.session, ours, raw))
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Problem("invalid", f"The body is not in the format of WhatsApp: {error}") from error
    except ReceivedInPart as error:
        raise Problem("unavailable", str(error), headers={"Retry-After": "60"}) from error
    return Response()


def signed(secret: bytes, raw: bytes, signature: str) -> bool:
    """Return whether Meta signed the body, by HMAC-SHA256 with the app's secret."""
    expected = f"sha256={hmac.digest(secret, raw, 'sha256').hex()}"
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogateescape"))


def _settings(request: Request) -> Settings:
    """Raises ``Problem`` where there is no webhook."""
    ours: Settings | None = request.app.state.whatsapp
    if ours is None:
        raise Problem("unknown", "Not Found")
    return ours


async def _body(request: Request) -> bytes:
    """Return the body unparsed, as the signature is over its bytes. Raises ``Problem``."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BYTES:
            raise Problem("too-large", f"At most {MAX_BYTES:,} bytes.")
    return bytes(content)
