"""Cookies that prove who somebody is: hidden from scripts, over TLS only where there is TLS."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response


def keep(answer: Response, request: Request, name: str, value: str, lasts: timedelta) -> None:
    """Give the browser a cookie for so long."""
    answer.set_cookie(
        name,
        value,
        path="/",
        max_age=int(lasts.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def drop(answer: Response, request: Request, name: str) -> None:
    """Take a cookie away. A browser obeys for a name with ``__Host-`` only with ``Secure``."""
    keep(answer, request, name, "", timedelta())
