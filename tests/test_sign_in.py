"""Signing in to the desk: by a mailed code or a link, once, and by nothing else."""

import re
from datetime import timedelta

import pytest

from api.http.auth import people, sign_in, web_sessions
from api.http.auth.keys import Role
from api.pages.kit.visitor import LOCAL, SECURE
from support.desk import DeskUser, browser, desk_user, hidden
from support.http_clients import HttpClients
from support.smtp import SmtpServer

ANNA = "anna@seller.example"


@pytest.fixture
def mailing(http: HttpClients, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in smtp.environment().items():
        monkeypatch.setenv(name, value)
    with http.pool.connection() as conn:
        people.add(conn, "default", "anna", Role.COLLECTOR, http.clock(), email=ANNA, language="nl")


@pytest.fixture
def stranger(http: HttpClients, mailing: None) -> DeskUser:
    return browser(http)


def code_in(server: SmtpServer) -> str:
    body = server.mails[-1].get_body()
    assert body is not None
    return str(re.findall(r"\b\d{6}\b", body.get_content())[0])


def ask_for_code(user: DeskUser, email: str = ANNA) -> dict[str, str]:
    """Ask for a code; return the fields of the page that asks for it."""
    answer = user.fill("/sign-in", email=email)
    assert answer.status_code == 200
    return hidden(answer.text)


def test_a_code_that_was_mailed_signs_in(stranger: DeskUser, smtp: SmtpServer) -> None:
    fields = ask_for_code(stranger, ANNA.upper())
    [mail] = smtp.mails
    assert mail["To"] == ANNA
    assert mail["Auto-Submitted"] == "auto-generated"
    answer = stranger.send("/sign-in/code", fields | {"code": code_in(smtp)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    assert "anna" in stranger.page("/today")


def test_the_page_does_not_tell_who_is_known(stranger: DeskUser, smtp: SmtpServer) -> None:
    known = stranger.fill("/sign-in", email=ANNA).text.replace(ANNA, "")
    unknown = stranger.fill("/sign-in", email="eve@else.example").text
    same = re.compile(r'value="[\w.-]{20,}"|nonce="[\w-]+"')
    assert same.sub("", known) == same.sub("", unknown.replace("eve@else.example", ""))
    assert len(smtp.mails) == 1


def test_a_code_is_valid_once(http: HttpClients, stranger: DeskUser, smtp: SmtpServer) -> None:
    fields = ask_for_code(stranger)
    code = code_in(smtp)
    assert stranger.send("/sign-in/code", fields | {"code": code}).status_code == 303
    again = browser(http).send("/sign-in/code", fields | {"code": code})
    assert again.status_code == 422


def test_a_code_is_valid_for_a_quarter_of_an_hour(
    http: HttpClients, stranger: DeskUser, smtp: SmtpServer
) -> None:
    fields = ask_for_code(stranger)
    http.clock.advance(minutes=15)
    answer = stranger.send("/sign-in/code", fields | {"code": code_in(smtp)})
    assert answer.status_code == 422


def test_after_five_wrong_codes_the_right_one_is_of_no_use(
    stranger: DeskUser, smtp: SmtpServer
) -> None:
    fields = ask_for_code(stranger)
    right = code_in(smtp)
    wrong = [f"{(int(right) + n) % 1_000_000:06}" for n in range(1, 6)]
    for code in wrong:
        assert stranger.send("/sign-in/code", fields | {"code": code}).status_code == 422
    assert stranger.send("/sign-in/code", fields | {"code": right}).status_code == 422


def test_a_code_opens_nothing_in_another_browser(
    http: HttpClients, stranger: DeskUser, smtp: SmtpServer
) -> None:
    ask_for_code(stranger)
    code = code_in(smtp)
    other = ask_for_code(browser(http), "eve@else.example")
    assert stranger.send("/sign-in/code", other | {"code": code}).status_code == 422


def test_tries_of_an_address_are_limited(http: HttpClients, stranger: DeskUser) -> None:
    answers = [stranger.send("/sign-in", {"email": ANNA}).status_code for _ in range(25)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_a_link_shows_a_page_and_its_button_signs_in_once(http: HttpClients) -> None:
    with http.pool.connection() as conn:
        person = people.add(conn, "default", "ben", Role.AUDITOR, http.clock())
        token = sign_in.link_token(conn, person, http.clock())
    user = browser(http)
    assert user.get(f"/sign-in/link/{token}").status_code == 200, "a scanner opens it"
    assert user.get("/today").status_code == 303
    assert user.send(f"/sign-in/link/{token}").status_code == 303
    assert user.get("/today").status_code == 200
    assert browser(http).send(f"/sign-in/link/{token}").status_code == 410
    assert browser(http).get(f"/sign-in/link/{token}").status_code == 410


def test_a_session_gets_a_new_secret(http: HttpClients) -> None:
    """What an attacker put into the browser before is worth nothing afterwards."""
    user = browser(http)
    user.cookies[LOCAL] = "default.chosen-by-somebody-else"
    with http.pool.connection() as conn:
        person = people.add(conn, "default", "cas", Role.COLLECTOR, http.clock())
        token = sign_in.link_token(conn, person, http.clock())
    answer = user.send(f"/sign-in/link/{token}")
    cookie = answer.headers["set-cookie"]
    assert "chosen-by" not in cookie
    assert {"httponly", "samesite=lax", "path=/"} <= {p.strip().lower() for p in cookie.split(";")}


def test_over_tls_the_cookie_is_bound_to_the_host(http: HttpClients) -> None:
    with http.pool.connection() as conn:
        person = people.add(conn, "default", "dee", Role.COLLECTOR, http.clock())
        token = sign_in.link_token(conn, person, http.clock())
    user = browser(http)
    user.base = "https://testserver"
    cookie = user.send(f"/sign-in/link/{token}").headers["set-cookie"]
    assert cookie.startswith(f"{SECURE}=")
    assert "secure" in cookie.lower()


def test_a_session_ends_idle_at_its_end_and_by_its_button(http: HttpClients) -> None:
    user = desk_user(http, Role.COLLECTOR)
    http.clock.advance(seconds=(web_sessions.IDLE - timedelta(minutes=1)).total_seconds())
    assert user.get("/today").status_code == 200
    http.clock.advance(seconds=web_sessions.IDLE.total_seconds())
    assert user.get("/today").headers["location"] == "/sign-in"
    busy = desk_user(http, Role.COLLECTOR)
    for _ in range(14):
        http.clock.advance(hours=1)
        last = busy.get("/today").status_code
    assert last == 303, "the longest day is over"
    user = desk_user(http, Role.COLLECTOR)
    assert user.fill("/me", "/sign-out").status_code == 303
    assert user.get("/today").status_code == 303


def test_who_leaves_is_signed_out_everywhere(http: HttpClients) -> None:
    user = desk_user(http, Role.COLLECTOR, "eva")
    with http.pool.connection() as conn:
        assert people.end(conn, "default", "eva", http.clock())
    assert user.get("/today").status_code == 303


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere(http: HttpClients, address: str) -> None:
    user = desk_user(http, Role.COLLECTOR)
    page = browser(http).get("/sign-in", params={"next": address}).text
    assert hidden(page)["next"] == "/today"
    form = hidden(user.page("/me")) | {"back": address, "act": "none"}
    assert user.send("/bulk", form).headers["location"] == "/today"


def test_without_a_smtp_the_page_says_what_to_do(http: HttpClients) -> None:
    answer = browser(http).fill("/sign-in", email=ANNA)
    assert answer.status_code == 503
    assert "administrator" in answer.text
