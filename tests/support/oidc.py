"""A provider of sign-ins in a process of its own, and a person who signs in there."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2


@dataclass(frozen=True)
class MockProvider:
    """A running provider; ``at`` is its issuer."""

    at: str
    http: httpx2.Client

    def knows(self, subject: str, **claims: Any) -> None:
        """Let the provider know an account, with these claims."""
        self.http.put(f"/users/{subject}", json=claims).raise_for_status()

    def forges(self, how: str) -> None:
        """Let the next ID token be forged."""
        self.http.put(f"/forging/{how}").raise_for_status()

    def signs_in(self, address: str, subject: str, **changed: str) -> str:
        """Sign in there; return the path of ours to which the browser is sent back.

        ``changed`` are parameters that somebody changed on the way there.
        """
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}" == self.at
        given = dict(parse_qsl(parts.query)) | changed
        form = {"action": "deny"} if subject == "nobody" else {"sub": subject}
        answer = self.http.post(f"{parts.path}?{urlencode(given)}", data=form)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["location"])
        return f"{back.path}?{back.query}"

    def signs_out(self, address: str) -> str:
        """Sign out there; return the path of ours to which the browser is sent back."""
        page = self.http.get(address)
        assert page.status_code == 200, page.text
        back = dict(parse_qsl(urlsplit(address).query))["post_logout_redirect_uri"]
        assert back in unescape(page.text), "the provider knows where to lead back"
        answer = self.http.post("/oauth2/end_session/confirm", data={"redirect_uri": back})
        return urlsplit(answer.headers["location"]).path


@contextmanager
def run_provider() -> Iterator[MockProvider]:
    command = [sys.executable, str(Path(__file__).with_name("oidc_process.py"))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            at = f"http://localhost:{int(process.stdout.readline())}"
            with httpx2.Client(base_url=at, timeout=20) as http:
                yield MockProvider(at, http)
        finally:
            process.kill()
