"""Sign-in by OpenID Connect: authorization code with PKCE, state and nonce.

All three are derived from a secret in the browser's cookie, of which the database keeps the hash:
who sees an address or the database can begin nothing with it, and a try is used once.
"""

import hmac
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import RequestException
from urllib3.exceptions import HTTPError

from api.http.auth.people import call
from api.http.auth.providers import Provider, claim, is_safe
from ledger.database.pool import Conn

VALID_FOR = timedelta(minutes=10)  # from the button to the return
TIMEOUT = 10  # seconds for an answer of the provider
REMEMBERED = 3600.0  # seconds until its addresses are looked up again
MOST_BYTES = 1_000_000  # of an answer
CLOCKS = 60  # seconds by which its clock may differ from ours
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"]
DISCOVERY = "/.well-known/openid-configuration"


class Unreachable(Exception):
    """A provider that does not answer, or not as a provider does."""


class Wrong(Exception):
    """A return from a provider that signs nobody in: ``str`` of it is for the security log."""


@dataclass(frozen=True)
class Attempt:
    """A sign-in that began, by the secret in the browser."""

    secret: str

    @property
    def state(self) -> str:
        return self._derived("state")

    @property
    def nonce(self) -> str:
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        return self._derived("verifier")

    @property
    def hashed(self) -> bytes:
        return sha256(self.secret.encode()).digest()

    def _derived(self, what: str) -> str:
        made = hmac.digest(self.secret.encode(), f"dossier oidc {what}".encode(), "sha256")
        return urlsafe_b64encode(made).rstrip(b"=").decode()


def begin(conn: Conn, provider: Provider, name: str, back: str, at: datetime) -> Attempt:
    """Keep a try that leads back to a page of ours."""
    attempt = Attempt(secrets.token_urlsafe(32))
    call(
        conn,
        "keep_provider_try",
        [provider.tenant, attempt.hashed, name, back, at, at + VALID_FOR],
    )
    return attempt


def use(conn: Conn, provider: Provider, name: str, attempt: Attempt, at: datetime) -> str:
    """Use up the try, and return the page that it leads back to. Raises ``Wrong``."""
    back = call(conn, "use_provider_try", [provider.tenant, attempt.hashed, name, at])
    if back is None:
        raise Wrong("no such try: it was used, is too old, or is of another provider")
    return str(back)


@dataclass
class Client:
    """What we ask a provider. Its addresses and keys are remembered for an hour."""

    provider: Provider
    returns_to: str
    _found: dict[str, Any] = field(default_factory=dict)
    _keys: dict[str, Any] = field(default_factory=dict)
    _until: float = 0.0
    _door: Lock = field(default_factory=Lock)

    def address(self, attempt: Attempt) -> str:
        """Return where the browser is sent. Raises ``Unreachable``."""
        found = self._addresses()
        with self._session() as session:
            url, _ = session.create_authorization_url(
                found["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(url)

    def end_address(self, leads_back: str) -> str | None:
        """Return where who signed out here signs out there too (RP-Initiated Logout 1.0); None
        where the provider has no such page. Raises ``Unreachable``."""
        page = self._addresses().get("end_session_endpoint")
        if not isinstance(page, str) or not is_safe(page):
            return None
        given = {"client_id": self.provider.client, "post_logout_redirect_uri": leads_back}
        return f"{page}{'&' if '?' in page else '?'}{urlencode(given)}"

    def claims(self, attempt: Attempt, given: Mapping[str, str], at: datetime) -> dict[str, Any]:
        """Return what the provider states of who returns. Raises ``Wrong`` or ``Unreachable``."""
        found = self._addresses()
        self._check_return(attempt, given, found)
        with self._session() as session:
            try:
                token = session.fetch_token(
                    found["token_endpoint"],
                    grant_type="authorization_code",
                    code=given.get("code", ""),
                    code_verifier=attempt.verifier,
                    allow_redirects=False,
                )
            except OAuthError as error:
                raise Wrong(f"the code: {error.error}") from error
            except (RequestException, ValueError) as error:
                raise Unreachable(str(error)) from error
        claims = self._verified(token, attempt, at)
        return claims | self._more(str(token.get("access_token", "")), found, claims)

    def _check_return(
        self, attempt: Attempt, given: Mapping[str, str], found: Mapping[str, Any]
    ) -> None:
        """Raise ``Wrong`` for the return of another try, or of another provider."""
        if not hmac.compare_digest(attempt.state.encode(), given.get("state", "").encode()):
            raise Wrong("the state is not that of this browser")
        issuer = given.get("iss")
        must = found.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.provider.issuer and (must or issuer is not None):
            raise Wrong("the return names another issuer")
        if "error" in given:
            raise Wrong(f"the provider: {given['error'][:100]}")

    def _verified(self, token: Mapping[str, Any], attempt: Attempt, at: datetime) -> dict[str, Any]:
        """Return the claims of the ID token. Raises ``Wrong``."""
        text = token.get("id_token")
        if not isinstance(text, str) or len(text) > MOST_BYTES:
            raise Wrong("no ID token")
        try:
            decoded = self._decoded(text)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={
                    "iss": {"essential": True, "value": self.provider.issuer},
                    "aud": {"essential": True, "value": self.provider.client},
                    "sub": {"essential": True},
                },
                params={
                    "nonce": attempt.nonce,
                    "client_id": self.provider.client,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(at.timestamp()), leeway=CLOCKS)
        except (JoseError, ValueError, TypeError) as error:
            raise Wrong(f"the ID token: {error}") from error
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise Wrong("the ID token: no subject")
        return dict(claims)

    def _decoded(self, text: str) -> jwt.Token:
        """Check the signature; a key that is not known may be new."""
        signed = JWSRegistry(algorithms=SIGNATURES, strict_check_header=False)
        try:
            return jwt.decode(text, KeySet.import_key_set(self._key_set()), registry=signed)
        except InvalidKeyIdError:
            fresh = KeySet.import_key_set(self._key_set(again=True))
            return jwt.decode(text, fresh, registry=signed)

    def _more(
        self, bearer: str, found: Mapping[str, Any], claims: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what only the provider's user info has. Raises ``Wrong`` or ``Unreachable``."""
        needed = [self.provider.name_claim, self.provider.groups_claim]
        needed += [self.provider.units_claim] if self.provider.units_claim else []
        url = found.get("userinfo_endpoint")
        if not url or all(claim(claims, name) is not None for name in needed):
            return {}
        more = self._json(url, bearer)
        if more.get("sub") != claims["sub"]:
            raise Wrong("the user info is of somebody else")
        return {name: value for name, value in more.items() if name not in claims}

    def _addresses(self) -> dict[str, Any]:
        """Return the provider's addresses, which are safe. Raises ``Unreachable``."""
        with self._door:
            if time.monotonic() < self._until:
                return self._found
            issuer = self.provider.issuer
            found = self._json(issuer.rstrip("/") + DISCOVERY)
            if found.get("issuer") != issuer:
                raise Unreachable(f"{issuer} states another issuer")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if not isinstance(found.get(name), str) or not is_safe(found[name]):
                    raise Unreachable(f"{issuer} states no safe {name}")
            if "userinfo_endpoint" in found and not is_safe(str(found["userinfo_endpoint"])):
                raise Unreachable(f"{issuer} states no safe userinfo_endpoint")
            self._found, self._keys = found, {}
            self._until = time.monotonic() + REMEMBERED
            return found

    def _key_set(self, again: bool = False) -> Any:
        with self._door:
            if again or not self._keys:
                self._keys = self._json(self._found["jwks_uri"])
            return self._keys

    def _json(self, url: str, bearer: str = "") -> dict[str, Any]:
        """Return an answer of the provider. Raises ``Unreachable``."""
        headers = {"Accept": "application/json"}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        with self._session() as session:
            try:
                answer = session.get(
                    url, withhold_token=True, allow_redirects=False, stream=True, headers=headers
                )
                content = answer.raw.read(MOST_BYTES + 1, decode_content=True)
                found = json.loads(content) if len(content) <= MOST_BYTES else None
            except (RequestException, HTTPError, ValueError) as error:
                raise Unreachable(f"{url}: {error}") from error
        if answer.status_code != 200 or not isinstance(found, dict):
            raise Unreachable(f"{url}: {answer.status_code}")
        return found

    def _session(self) -> Any:
        return OAuth2Session(
            self.provider.client,
            self.provider.secret,
            scope=self.provider.scopes,
            redirect_uri=self.returns_to,
            code_challenge_method="S256",
            default_timeout=TIMEOUT,
        )
