"""Signing in by a provider: oidc-provider-mock over HTTP, and everything that can be forged."""

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import yaml
from anyio import CapacityLimiter

from api.http.auth import oidc, people, sign_in, web_sessions
from api.http.auth.keys import Role
from api.http.auth.providers import SETTING, read
from api.pages.kit.visitor import LOCAL
from api.pages.sign_in.provider_routes import FAILED
from ledger.database import access_log
from support.desk import DeskUser, browser, desk_user, hidden, plain
from support.http_clients import HttpClients, open_http
from support.oidc import MockProvider, run_provider

GROUPS = [
    {"group": "heads", "role": "admin"},
    {"group": "credit-north", "role": "collector", "units": ["north"]},
    {"group": "credit-south", "role": "collector", "units": ["south"]},
    {"group": "credit", "role": "collector"},
    {"group": "solvers", "role": "resolver"},
    {"group": "incasso", "role": "agency", "agency": "Incasso BV"},
]
ANNA: dict[str, Any] = {
    "preferred_username": "anna",
    "groups": ["everybody", "credit"],
    "email": "Anna@seller.example",
    "email_verified": True,
    "locale": "nl-BE",
}


@pytest.fixture(scope="module")
def acme() -> Iterator[MockProvider]:
    with run_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def other_provider() -> Iterator[MockProvider]:
    with run_provider() as provider:
        yield provider


@pytest.fixture
def silent_provider() -> Iterator[str]:
    """A provider that accepts a connection, and answers nothing."""
    with socket.create_server(("localhost", 0)) as listening:
        yield f"http://localhost:{listening.getsockname()[1]}"


def settings_of(provider: MockProvider, **more: Any) -> dict[str, Any]:
    given = {"label": "Acme", "issuer": provider.at, "client": "dossier", "secret": "hush" * 16}
    return given | {"groups": GROUPS} | more


@pytest.fixture
def signing_in(
    acme: MockProvider,
    other_provider: MockProvider,
    silent_provider: str,
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[HttpClients]:
    """A server with three providers; the clock is right, as the provider's is."""
    file = tmp_path / "providers.yaml"
    content = {
        "acme": settings_of(acme),
        "other": settings_of(other_provider, label="Other"),
        "units": settings_of(acme, label="Units", units_claim="https://acme.example/units"),
        "silent": settings_of(acme, label="Silent", issuer=silent_provider),
        "gone": settings_of(acme, label="Gone", issuer="http://localhost:1"),
    }
    file.write_text(yaml.safe_dump(content))
    monkeypatch.setenv(SETTING, str(file))
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "http://testserver")
    with open_http(database, with_worker=False) as clients:
        clients.clock.at = datetime.now(UTC)
        acme.knows("s-anna", **ANNA)
        yield clients


def begins(user: DeskUser, name: str = "acme", next: str = "/today") -> str:
    """Press the button of a provider; return where the browser is sent."""
    answer = user.get(f"/sign-in/with/{name}", params={"next": next})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def comes_back(user: DeskUser, path: str) -> str:
    """Return where who signed in is led."""
    answer = user.get(path)
    assert answer.status_code == 303, plain(answer.text)
    return answer.headers["location"]


def refused(user: DeskUser, path: str, why: str, status: int = 403) -> None:
    """Return from the provider; nobody is signed in, and the page says why."""
    answer = user.get(path)
    assert answer.status_code == status, answer.headers
    assert why in plain(answer.text)
    assert user.get("/today").status_code == 303, "nobody is signed in"


def fails(user: DeskUser, path: str, because: str) -> None:
    """Return from the provider with what somebody forged; the access log says what was wrong."""
    app = user.client.app.state.shared  # type: ignore[attr-defined]
    app.clock.advance(seconds=1)
    refused(user, path, FAILED)
    with app.pool.connection() as conn:
        [line] = access_log.find("default", 1).fetch(conn)
    assert line.event == "sign-in-failed"
    assert because in line.what


def person(http: HttpClients, name: str) -> people.Person:
    with http.pool.connection() as conn:
        [found] = people.named("default", name).fetch(conn)
    return found


def changed(path: str, **parameters: str) -> str:
    """Return the address with other parameters; one that is empty is left out."""
    parts = urlsplit(path)
    given = dict(parse_qsl(parts.query)) | parameters
    return f"{parts.path}?{urlencode({name: value for name, value in given.items() if value})}"


def test_who_has_no_account_here_signs_in_by_a_provider(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    user = browser(signing_in)
    page = user.page("/sign-in?next=/disputes")
    assert "Sign in with Acme" in page
    assert 'href="/sign-in/with/acme?next=/disputes"' in page
    address = begins(user, next="/disputes")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/sign-in/with/acme/return"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert comes_back(user, acme.signs_in(address, "s-anna")) == "/disputes"
    assert "anna" in user.page("/disputes")
    made = person(signing_in, "anna")
    assert (made.role, made.language, made.email) == (Role.COLLECTOR, "nl", "anna@seller.example")
    with signing_in.pool.connection() as conn:
        assert people.of_address("anna@seller.example").fetch(conn) == [], "no code is mailed"


def test_the_same_person_comes_back_with_the_rights_of_now(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    user = browser(signing_in)
    comes_back(user, acme.signs_in(begins(user), "s-anna"))
    before = person(signing_in, "anna")
    acme.knows("s-anna", **ANNA | {"groups": ["credit-south", "credit-north"]})
    comes_back(user, acme.signs_in(begins(user), "s-anna"))
    after = person(signing_in, "anna")
    assert after.person_id == before.person_id
    assert after.business_units == ["north", "south"]
    acme.knows("s-anna", **ANNA | {"groups": ["incasso", "heads"]})
    comes_back(user, acme.signs_in(begins(user), "s-anna"))
    assert person(signing_in, "anna").role is Role.ADMIN, "the first of the file counts"


def test_the_session_is_new_and_the_one_before_ends(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    user = desk_user(signing_in, Role.COLLECTOR, "bob")
    before = user.cookies[LOCAL]
    comes_back(user, acme.signs_in(begins(user), "s-anna"))
    assert user.cookies[LOCAL] != before
    with signing_in.pool.connection() as conn:
        found = web_sessions.open_of("default", signing_in.clock()).fetch(conn)
    assert [session.name for session in found] == ["anna"]


def test_business_units_of_a_claim_and_none_without_it(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    claims = {"https://acme.example/units": ["east", "west"], "preferred_username": "eve"}
    acme.knows("s-eve", groups=["credit"], **claims)
    user = browser(signing_in)
    comes_back(user, acme.signs_in(begins(user, "units"), "s-eve"))
    assert person(signing_in, "eve").business_units == ["east", "west"]
    acme.knows("s-nobody", groups=["credit"], preferred_username="no units")
    user = browser(signing_in)
    back = acme.signs_in(begins(user, "units"), "s-nobody")
    refused(user, back, "does not state your business units")


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"groups": ["everybody"], "preferred_username": "x"}, "none of your groups has a role"),
        ({"groups": [], "preferred_username": "x"}, "none of your groups has a role"),
        ({"preferred_username": "x"}, "none of your groups has a role"),
        ({"groups": {"credit": 1}, "preferred_username": "x"}, "none of your groups has a role"),
        ({"groups": ["credit"]}, "does not state your name"),
        ({"groups": ["credit"], "preferred_username": ["x"]}, "does not state your name"),
        ({"groups": ["credit"], "preferred_username": "clock"}, FAILED),
        ({"groups": ["credit"], "preferred_username": "a\u202eb"}, FAILED),
    ],
)
def test_who_has_no_rights_is_refused(
    signing_in: HttpClients, acme: MockProvider, claims: dict[str, Any], why: str
) -> None:
    acme.knows("s-x", **claims)
    user = browser(signing_in)
    refused(user, acme.signs_in(begins(user), "s-x"), why)


def test_a_group_alone_may_be_a_text(signing_in: HttpClients, acme: MockProvider) -> None:
    acme.knows("s-sam", groups="solvers", preferred_username="sam")
    user = browser(signing_in)
    assert comes_back(user, acme.signs_in(begins(user), "s-sam")) == "/mine"


def test_a_name_or_address_of_somebody_else_is_not_taken_over(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    desk_user(signing_in, Role.RESOLVER, "sam", email="sam@seller.example")
    acme.knows("s-1", groups=["solvers"], preferred_username="sam")
    user = browser(signing_in)
    refused(user, acme.signs_in(begins(user), "s-1"), "Somebody else has your name here")
    unproved = {"email": "lead@seller.example", "email_verified": False}
    acme.knows("s-1", groups=["solvers"], preferred_username="max", **unproved)
    comes_back(user, acme.signs_in(begins(user), "s-1"))
    assert person(signing_in, "max").email is None, "an address that is not proved"
    proved = {"email": "sam@seller.example", "email_verified": True}
    acme.knows("s-1", groups=["solvers"], preferred_username="max", **proved)
    comes_back(user, acme.signs_in(begins(user), "s-1"))
    assert person(signing_in, "max").email is None, "the address of another person"


def test_whose_access_ended_stays_out_until_an_administrator_admits_them(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    user = browser(signing_in)
    comes_back(user, acme.signs_in(begins(user), "s-anna"))
    admin = desk_user(signing_in, Role.ADMIN, "pat")
    assert admin.fill("/admin", "/admin/people/ends", name="anna").status_code == 303
    refused(user, acme.signs_in(begins(user), "s-anna"), "Your access here has ended")
    page = admin.page("/admin")
    assert "Admit again" in page
    assert admin.fill("/admin", "/admin/people/returns").status_code == 303
    comes_back(user, acme.signs_in(begins(user), "s-anna"))


def test_a_wrong_state_or_none_signs_nobody_in(signing_in: HttpClients, acme: MockProvider) -> None:
    for state in ("", "x" * 43, "é"):
        user = browser(signing_in)
        back = changed(acme.signs_in(begins(user), "s-anna"), state=state)
        fails(user, back, "the state is not")


def test_a_return_in_another_browser_signs_nobody_in(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    """An attacker who gives their own return to somebody cannot sign them in as themselves."""
    attacker, victim = browser(signing_in), browser(signing_in)
    back = acme.signs_in(begins(attacker), "s-anna")
    fails(victim, back, "no such try")
    begins(victim)
    fails(victim, back, "the state is not")


def test_a_wrong_nonce_signs_nobody_in(signing_in: HttpClients, acme: MockProvider) -> None:
    user = browser(signing_in)
    fails(user, acme.signs_in(begins(user), "s-anna", nonce="of-another-try"), "nonce")


def test_a_code_is_of_use_once(signing_in: HttpClients, acme: MockProvider) -> None:
    user = browser(signing_in)
    address = begins(user)
    kept = dict(user.cookies)
    back = acme.signs_in(address, "s-anna")
    comes_back(user, back)
    thief = browser(signing_in)
    thief.cookies = kept
    fails(thief, back, "no such try")
    thief = browser(signing_in)
    state = parse_qs(urlsplit(begins(thief)).query)["state"][0]
    fails(thief, changed(back, state=state), "invalid_grant")


def test_a_code_without_the_verifier_of_its_browser_is_of_no_use(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    """A code that somebody caught, put into a try of their own: the state fits, PKCE does not."""
    victim, thief = browser(signing_in), browser(signing_in)
    stolen = dict(parse_qsl(urlsplit(acme.signs_in(begins(victim), "s-anna")).query))["code"]
    own = acme.signs_in(begins(thief), "s-anna")
    fails(thief, changed(own, code=stolen), "invalid_grant")


def test_a_token_that_has_ended_signs_nobody_in(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    user = browser(signing_in)
    back = acme.signs_in(begins(user), "s-anna")
    signing_in.clock.advance(minutes=5)
    fails(user, back, "The token is expired")


def test_a_try_that_took_too_long_signs_nobody_in(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    user = browser(signing_in)
    back = acme.signs_in(begins(user), "s-anna")
    signing_in.clock.advance(seconds=oidc.VALID_FOR.total_seconds())
    fails(user, back, "no such try")


@pytest.mark.parametrize(
    ("how", "because"),
    [
        ("unsigned", "unsupported_algorithm"),
        ("by-our-secret", "unsupported_algorithm"),
        ("by-another-key", "bad_signature"),
    ],
)
def test_a_forged_token_signs_nobody_in(
    signing_in: HttpClients, acme: MockProvider, how: str, because: str
) -> None:
    user = browser(signing_in)
    back = acme.signs_in(begins(user), "s-anna")
    acme.forges(how)
    fails(user, back, because)


def test_the_return_of_one_provider_is_not_that_of_another(
    signing_in: HttpClients, acme: MockProvider, other_provider: MockProvider
) -> None:
    """A provider that an attacker runs cannot hand its codes, or those of another, to us."""
    other_provider.knows("s-anna", **ANNA | {"groups": ["heads"]})
    user = browser(signing_in)
    back = other_provider.signs_in(begins(user, "other"), "s-anna")
    fails(user, back.replace("/with/other/", "/with/acme/"), "no such try")
    user = browser(signing_in)
    began = acme.signs_in(begins(user, "acme"), "s-anna")
    user.cookies[f"{LOCAL}-other"] = user.cookies[f"{LOCAL}-acme"]
    fails(user, began.replace("/with/acme/", "/with/other/"), "no such try")
    fails(user, changed(began, iss=other_provider.at), "another issuer")


def test_the_same_subject_at_two_providers_is_two_people(
    signing_in: HttpClients, acme: MockProvider, other_provider: MockProvider
) -> None:
    user = browser(signing_in)
    comes_back(user, acme.signs_in(begins(user), "s-anna"))
    other_provider.knows("s-anna", **ANNA)
    user = browser(signing_in)
    back = other_provider.signs_in(begins(user, "other"), "s-anna")
    refused(user, back, "Somebody else has your name here")


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/x"],
)
def test_nobody_is_led_elsewhere(signing_in: HttpClients, acme: MockProvider, address: str) -> None:
    user = browser(signing_in)
    back = acme.signs_in(begins(user, next=address), "s-anna")
    assert comes_back(user, back) == "/today"


def test_who_ends_the_sign_in_at_the_provider_reads_so(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    user = browser(signing_in)
    refused(user, acme.signs_in(begins(user), "nobody"), "You ended the sign-in at Acme")


def test_a_provider_that_does_not_answer(signing_in: HttpClients) -> None:
    refused(browser(signing_in), "/sign-in/with/gone", "Gone does not answer", 503)


def test_a_provider_that_is_silent_holds_up_no_write(
    signing_in: HttpClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc, "TIMEOUT", 3)
    shared = signing_in.client.app.state.shared  # type: ignore[attr-defined]
    monkeypatch.setattr(shared, "writers", CapacityLimiter(1))
    collector = signing_in.collector()
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(browser(signing_in).get, "/sign-in/with/silent")
        time.sleep(0.5)
        began = time.monotonic()
        collector.record("/debtors", {"debtor": "D-1", "name": "Bakery"})
        assert time.monotonic() - began < 2
        assert not waiting.done()
        assert waiting.result().status_code == 503


def test_another_site_cannot_begin_it(signing_in: HttpClients) -> None:
    user = browser(signing_in)
    answer = user.get("/sign-in/with/acme", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.headers["location"] == "/sign-in"
    assert user.get("/sign-in/with/nothing").status_code == 404


def test_the_limit_counts_these_sign_ins_too(signing_in: HttpClients) -> None:
    user = browser(signing_in)
    answers = [user.get("/sign-in/with/acme").status_code for _ in range(22)]
    assert answers[0] == 303
    assert answers[-1] == 429


GOOD = {
    "label": "Acme",
    "issuer": "https://login.example",
    "client": "c",
    "groups": [{"group": "g", "role": "admin"}],
}


def signs_out(user: DeskUser) -> Any:
    return user.send("/sign-out", hidden(user.page("/me")))


def test_who_came_by_a_provider_can_sign_out_there_after_they_are_signed_out_here(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    anna = browser(signing_in)
    comes_back(anna, acme.signs_in(begins(anna), "s-anna"))
    before = dict(anna.cookies)
    out = signs_out(anna)
    assert out.status_code == 200
    assert "This browser is still signed in with Acme" in plain(out.text)
    [address] = re.findall(r'href="(http://localhost[^"]+)"', out.text)
    parts = urlsplit(unescape(address))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{acme.at}/oauth2/end_session"
    assert dict(parse_qsl(parts.query)) == {
        "client_id": "dossier",
        "post_logout_redirect_uri": "http://testserver/sign-in",
    }
    anna.cookies = before
    assert anna.get("/today").status_code == 303, "the session here is over already"
    assert browser(signing_in).get(acme.signs_out(unescape(address))).status_code == 200


def test_who_came_another_way_only_signs_out_here(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    """Also in a browser in which somebody came by a provider before."""
    anna = browser(signing_in)
    comes_back(anna, acme.signs_in(begins(anna), "s-anna"))
    with signing_in.pool.connection() as conn:
        [person] = people.named("default", "anna").fetch(conn)
        link = sign_in.link_token(conn, person, signing_in.clock())
    anna.send(f"/sign-in/link/{link}")
    assert signs_out(anna).headers["location"] == "/sign-in"


@pytest.mark.parametrize("how", ["no-way-out", "unsafe-way-out"])
def test_a_provider_without_a_safe_page_for_it_is_not_asked(
    signing_in: HttpClients, acme: MockProvider, how: str
) -> None:
    acme.forges(how)
    anna = browser(signing_in)
    comes_back(anna, acme.signs_in(begins(anna), "s-anna"))
    assert signs_out(anna).headers["location"] == "/sign-in"


def test_a_provider_that_nobody_set_is_not_asked(
    signing_in: HttpClients, acme: MockProvider
) -> None:
    anna = browser(signing_in)
    comes_back(anna, acme.signs_in(begins(anna), "s-anna"))
    for name in ("gone", "nobody", "../x"):
        anna.cookies[f"{LOCAL}.provider"] = name
        out = signs_out(anna)
        assert out.headers["location"] == "/sign-in"
        comes_back(anna, acme.signs_in(begins(anna), "s-anna"))


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("", "name at least one provider"),
        ("[1]", "name at least one provider"),
        ("{", "is not YAML"),
        (yaml.safe_dump({"a/b": GOOD}), "no name of letters"),
        (yaml.safe_dump({"acme": GOOD | {"issuer": "http://login.example"}}), "acme.issuer"),
        (yaml.safe_dump({"acme": GOOD | {"issuer": "https://x/?a=b"}}), "acme.issuer"),
        (yaml.safe_dump({"acme": GOOD | {"groups": []}}), "acme.groups"),
        (yaml.safe_dump({"acme": GOOD | {"grops": []}}), "acme.grops"),
        (yaml.safe_dump({"acme": GOOD | {"groups": [{"group": "g", "role": "x"}]}}), "role"),
        (yaml.safe_dump({"acme": GOOD | {"groups": [{"group": "g", "role": "agency"}]}}), "agency"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, content: str, where: str) -> None:
    file = tmp_path / "providers.yaml"
    file.write_text(content)
    with pytest.raises(ValueError, match=where):
        read(file)


def test_the_example_of_the_manual_can_be_read(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[1] / "docs" / "sign-in.md").read_text()
    file = tmp_path / "providers.yaml"
    file.write_text(manual.partition("```yaml\n")[2].partition("```")[0])
    assert [provider.client for provider in read(file).values()] == ["dossier", "dossier"]
