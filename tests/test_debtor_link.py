"""The debtor's link on the desk: staff look by it as themselves, and send it on."""

import re

import pytest

from api.http.auth.keys import Role
from api.links.urls import PORTAL
from ledger.engine.projector import Projector
from ledger.facts.books import book_id
from projections import READ_MODELS
from support.desk import LOCAL, DeskUser, browser, desk_user, hidden, plain
from support.http_clients import HttpClients, Person
from support.portal import set_up_portal

pytestmark = pytest.mark.no_worker

FILE = f"/invoices/{book_id('default', 'invoice', 'F-1')}"
LINK = f"{FILE}/debtor-link"


@pytest.fixture(autouse=True)
def portal_of_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PORTAL, "default")
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", LOCAL)


@pytest.fixture
def linking_desk(http: HttpClients, anna: Person) -> DeskUser:
    set_up_portal(http, anna)
    Projector(http.pool, "default", READ_MODELS, "reader", http.clock).catch_up()
    return desk_user(http, Role.COLLECTOR, "bram")


def test_staff_look_by_the_link_as_themselves(http: HttpClients, linking_desk: DeskUser) -> None:
    before = len(http.entries())
    assert "Show what the debtor sees" in plain(linking_desk.page(FILE))
    made = linking_desk.fill(FILE, LINK)
    [url] = re.findall(r'href="(http[^"]+/i/[^"]+)"', made.text)
    path = url.removeprefix(LOCAL)
    assert f">{url}<" in made.text, "to copy"
    looks = linking_desk.page(path)
    assert "Invoice F-1" in plain(looks)
    theirs = browser(http).page(path)
    assert "Invoice F-1" in plain(theirs)
    assert plain(theirs) != plain(looks), "the debtor may act, staff only look"
    assert len(http.entries()) == before


def test_it_is_for_who_may_write_to_the_debtor(
    http: HttpClients, linking_desk: DeskUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for user in (
        desk_user(http, Role.COLLECTOR, "nora", business_units=["north"]),
        desk_user(http, Role.AUDITOR, "gerda"),
    ):
        assert user.send(LINK, hidden(user.page("/me"))).status_code == 403
    assert "debtor-link" not in desk_user(http, Role.AUDITOR, "jan").page(FILE)
    monkeypatch.delenv("DOSSIER_PUBLIC_URL")
    assert "debtor-link" not in linking_desk.page(FILE)
    assert linking_desk.send(LINK, hidden(linking_desk.page("/me"))).status_code == 409
