"""Attacks on signing in: guessed codes, planted and stolen sessions, forged forms, and what the
answers and queries tell strangers.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from api.http.auth import people, sign_in
from api.http.auth.keys import Role
from api.pages.kit.visitor import LOCAL, SECURE
from ledger.database.read_connection import ReadConnection
from support.desk import browser, desk_user, hidden
from support.http_clients import HttpClients
from support.routes import every_route
from support.smtp import SmtpServer

ANNA = "anna@seller.example"
SECRET = "s" * 43
TYPES = (
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
)


@pytest.fixture
def anna_there(http: HttpClients) -> people.Person:
    with http.pool.connection() as conn:
        return people.add(conn, "default", "anna", Role.COLLECTOR, http.clock(), email=ANNA)


def code_for(http: HttpClients, person: people.Person, secret: str = SECRET) -> str:
    with http.pool.connection() as conn:
        code = sign_in.begin(conn, person, http.clock(), secret)
    assert code
    return code


def tried(http: HttpClients, number: int, code: str, secret: str = SECRET) -> int:
    """Try a code from an address of its own; return the status."""
    there: Any = http.client._transport
    before, there.client = there.client, (f"198.51.100.{number}", 50000)
    try:
        return browser(http).send("/sign-in/code", {"secret": secret, "code": code}).status_code
    finally:
        there.client = before


def test_many_addresses_together_have_five_tries_of_a_code(
    http: HttpClients, anna_there: people.Person
) -> None:
    code = code_for(http, anna_there)
    wrong = [f"{(int(code) + n) % 1_000_000:06}" for n in range(1, 8)]
    assert {tried(http, n, guess) for n, guess in enumerate(wrong)} == {422}
    assert tried(http, 99, code) == 422, "the right code, after five wrong ones"


def test_nobody_gets_more_codes_to_guess_by_asking_from_many_addresses(
    http: HttpClients, anna_there: people.Person
) -> None:
    with http.pool.connection() as conn:
        codes = [
            sign_in.begin(conn, anna_there, http.clock(), f"{n:043}")
            for n in range(sign_in.MOST_IN_AN_HOUR + 5)
        ]
    assert len([code for code in codes if code]) == sign_in.MOST_IN_AN_HOUR
    assert codes[-1] is None


def test_an_address_has_twenty_tries_a_minute_whatever_it_asks(http: HttpClients) -> None:
    answers = [tried(http, 7, "000000", f"{n:043}") for n in range(22)]
    assert answers[:20] == [422] * 20
    assert 429 in answers
    assert tried(http, 8, "000000") == 422, "another address is not held up"


def test_a_code_used_by_many_at_once_signs_one_in(
    http: HttpClients, anna_there: people.Person
) -> None:
    code = code_for(http, anna_there)

    def use(_: int) -> bool:
        with http.pool.connection() as conn:
            return any(found.fits for found in sign_in.by_code(conn, SECRET, code, http.clock()))

    with ThreadPoolExecutor(5) as several:
        assert sorted(several.map(use, range(5))) == [False] * 4 + [True]


def test_a_link_used_by_many_at_once_signs_one_in(
    http: HttpClients, anna_there: people.Person
) -> None:
    with http.pool.connection() as conn:
        token = sign_in.link_token(conn, anna_there, http.clock())

    def use(_: int) -> bool:
        with http.pool.connection() as conn:
            return sign_in.by_link(conn, token, http.clock()) is not None

    with ThreadPoolExecutor(5) as several:
        assert sorted(several.map(use, range(5))) == [False] * 4 + [True]


def test_a_session_that_an_attacker_planted_is_not_the_victims(http: HttpClients) -> None:
    attacker = desk_user(http, Role.COLLECTOR, "mallory")
    victim = browser(http)
    victim.cookies = dict(attacker.cookies)
    with http.pool.connection() as conn:
        eva = people.add(conn, "default", "eva", Role.ADMIN, http.clock())
        token = sign_in.link_token(conn, eva, http.clock())
    assert victim.send(f"/sign-in/link/{token}").status_code == 303
    assert victim.cookies[LOCAL] != attacker.cookies[LOCAL]
    assert "eva" in victim.page("/me")
    assert attacker.get("/me").status_code == 303, "the planted session ended"


def test_a_token_of_another_session_is_of_no_use(http: HttpClients) -> None:
    attacker, victim = desk_user(http, Role.ADMIN, "mallory"), desk_user(http, Role.ADMIN, "eva")
    stolen = hidden(attacker.page("/admin/keys"))["csrf"]
    form = {"csrf": stolen, "name": "erp", "role": "admin"}
    assert victim.send("/admin/keys", form).status_code == 403
    own = form | {"csrf": hidden(victim.page("/admin/keys"))["csrf"]}
    assert victim.send("/admin/keys", own, Origin="https://evil.example").status_code == 403
    assert victim.send("/admin/keys", own, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert victim.send("/admin/keys", own).status_code == 200


def test_a_token_of_before_the_sign_in_is_of_no_use_after_it(http: HttpClients) -> None:
    user = desk_user(http, Role.ADMIN, "eva")
    old = hidden(user.page("/admin/keys"))["csrf"]
    with http.pool.connection() as conn:
        assert user.person
        token = sign_in.link_token(conn, user.person, http.clock())
    assert user.send(f"/sign-in/link/{token}").status_code == 303
    assert user.send("/admin/keys", {"csrf": old, "name": "x", "role": "admin"}).status_code == 403


@pytest.mark.parametrize("tenant", ["acme", "", "default%00", "acme.default", "'; select 1 --"])
def test_a_cookie_that_names_another_tenant_opens_nothing(http: HttpClients, tenant: str) -> None:
    http.tenant("acme")
    user = desk_user(http, Role.ADMIN, "eva")
    user.cookies[LOCAL] = f"{tenant}.{user.cookies[LOCAL].rpartition('.')[2]}"
    assert user.get("/today").headers["location"] == "/sign-in"


def test_a_cookie_of_plain_http_opens_nothing_over_tls(http: HttpClients) -> None:
    """Who can write a cookie without TLS (a subdomain, a network) cannot plant a session."""
    user = desk_user(http, Role.ADMIN, "eva")
    user.base = "https://testserver"
    assert user.get("/today").status_code == 303
    user.cookies = {SECURE: user.cookies[LOCAL]}
    assert user.get("/today").status_code == 200


def test_over_tls_signing_out_takes_the_cookie_away(http: HttpClients) -> None:
    """A browser obeys for a name with this prefix only with ``Secure`` and the whole path."""
    user = desk_user(http, Role.ADMIN, "eva")
    user.base, user.cookies = "https://testserver", {SECURE: user.cookies[LOCAL]}
    cookie = user.fill("/me", "/sign-out").headers["set-cookie"].lower()
    parts = {part.strip() for part in cookie.split(";")}
    assert {"max-age=0", "path=/", "secure"} <= parts


@contextmanager
def queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect the queries that the event loop asks."""
    asked: list[str] = []
    ask = ReadConnection.ask

    async def noted(self: ReadConnection, query: Any) -> Any:
        asked.append(query.sql)
        return await ask(self, query)

    with monkeypatch.context() as patch:
        patch.setattr(ReadConnection, "ask", noted)
        yield asked


def test_an_unknown_address_asks_what_a_known_one_asks(
    http: HttpClients,
    anna_there: people.Person,
    smtp: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before the answer: what only a known address needs is done after it."""
    for name, value in smtp.environment().items():
        monkeypatch.setenv(name, value)
    found = []
    for email in (ANNA, "eve@else.example"):
        with queries(monkeypatch) as asked:
            answer = browser(http).send("/sign-in", {"email": email})
        size = len(re.sub(r"nonce-[\w-]+|nonce=\"[\w-]+\"", "", answer.text.replace(email, "")))
        found.append((answer.status_code, size, asked))
    assert found[0] == found[1]
    assert len(smtp.mails) == 1


def test_an_unknown_code_link_and_session_ask_what_known_ones_ask(
    http: HttpClients, anna_there: people.Person
) -> None:
    code_for(http, anna_there)
    known = browser(http).send("/sign-in/code", {"secret": SECRET, "code": "x"})
    unknown = browser(http).send("/sign-in/code", {"secret": "t" * 43, "code": "x"})
    same = re.compile(r'value="[\w.-]{20,}"|nonce="[\w-]+"')
    assert same.sub("", known.text) == same.sub("", unknown.text)
    assert known.status_code == unknown.status_code


@pytest.mark.parametrize(
    "address",
    [
        *("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example"),
        *("/\t/evil.example", "javascript:alert(1)", "%2f%2fevil.example", " //evil.example"),
    ],
)
def test_a_sign_in_leads_to_no_page_of_others(
    http: HttpClients, anna_there: people.Person, address: str
) -> None:
    form = {"secret": SECRET, "code": code_for(http, anna_there), "next": address}
    answer = browser(http).send("/sign-in/code", form)
    assert answer.status_code == 303
    assert re.match(r"/(?![/\\])", answer.headers["location"])
    assert "evil" not in answer.headers["location"]


def test_nobody_learns_what_a_body_should_be_without_a_key(http: HttpClients) -> None:
    """Each route of the API answers 401 before it reads a body or a parameter."""
    described = http.client.app.openapi()["paths"]  # type: ignore[attr-defined]
    asked = 0
    for route in every_route(http.client.app):  # type: ignore[arg-type]
        operation = described.get(route.path, {}).get(route.method.lower(), {})
        if not operation.get("security"):
            continue
        path = re.sub(r"\{\w+\}", "nothing", route.path)
        for kind in TYPES if "requestBody" in operation else (None,):
            headers = {"Content-Type": kind} if kind else {}
            for wanted in (path, f"{path}?limit=x&no_such=1&no_such=2"):
                answer = http.client.request(
                    route.method, wanted, content=b'{"a": ', headers=headers
                )
                asked += 1
                assert answer.status_code == 401, f"{route.method} {wanted} {kind}: {answer.text}"
    assert asked > 150
