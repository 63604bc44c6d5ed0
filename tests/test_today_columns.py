"""A person chooses the columns of the list of today, and their order."""

import re

import pytest
from playwright.sync_api import expect

from api.http.auth.keys import Role
from support.chromium import look_at, run_browser, window
from support.desk import DeskUser, desk_user, plain
from support.http_clients import HttpClients, Person
from support.living_desk import living_desk

OVERDUE = {"amount": "1210.00", "due_on": "2026-02-01", "on": "2026-01-02", "debtor": "D-7"}


@pytest.fixture
def chooser(http: HttpClients, anna: Person) -> DeskUser:
    """A collector with two overdue invoices; of one somebody called."""
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakkerij Jansen"})
    for number, unit in (("F-1", "north"), ("F-2", "south")):
        anna.record("/invoices", {"invoice": number, "business_unit": unit, **OVERDUE})
    call = {"channel": "phone", "direction": "in", "summary": "Will pay.", "on": "2026-02-20"}
    last = anna.record("/invoices/F-1/contacts", call)
    user = desk_user(http, Role.COLLECTOR, "bram")
    user.page(f"/today?at_least={last['position']}")
    return user


def choose(user: DeskUser, *columns: str, **more: str) -> str:
    fields = {f"column-{nth}": name for nth, name in enumerate(columns)}
    return user.does("/today", "/today/columns", **fields, **more)


def headings(page: str) -> list[str]:
    return [plain(text) for text in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)]


def row(page: str, number: str) -> list[str]:
    """Return what the task of an invoice has in the person's own columns."""
    [found] = [part for part in re.findall(r"<tr id=.*?</tr>", page, re.DOTALL) if number in part]
    return [plain(cell) for cell in re.findall(r'<td class="own.*?>(.*?)</td>', found, re.DOTALL)]


def test_columns_are_shown_in_the_order_that_was_chosen(chooser: DeskUser) -> None:
    page = choose(chooser, "late", "business_unit", "contact", "amount")
    assert headings(page)[1:] == ["Days late", "Business unit", "Last contact", "Amount"]
    assert row(page, "F-1") == ["29", "north", "20 February", "1,210.00 EUR"]
    assert row(page, "F-2") == ["29", "south", "", "1,210.00 EUR"]
    assert row(choose(chooser, "amount", "due"), "F-1") == ["1,210.00 EUR", "1 February"]


def test_they_are_remembered_for_that_person_alone(http: HttpClients, chooser: DeskUser) -> None:
    choose(chooser, "business_unit")
    assert row(chooser.page("/today?by=urgency"), "F-2") == ["south"], "in every view"
    other = desk_user(http, Role.COLLECTOR, "carla")
    assert headings(other.page("/today")) == []
    chooser.does("/me", "/me/settings", keys="on")
    assert row(chooser.page("/today"), "F-2") == ["south"], "other settings leave them"
    usual = choose(chooser, "business_unit", usual="1")
    assert headings(usual) == []
    assert "1,210.00" in plain(usual)


def test_what_is_no_column_or_there_twice_is_left_out(chooser: DeskUser) -> None:
    page = choose(chooser, "debtor; drop", "due", "due", "", "collector")
    assert headings(page)[1:] == ["Due", "Collector"]
    assert headings(choose(chooser, "nothing")) == [], "none is the usual ones"


def test_anybody_can_read_the_list_with_own_columns(database: str) -> None:
    with living_desk(database) as desk, run_browser() as browser, window(browser, desk.at) as seen:
        desk.enter(seen)
        page = seen.open("/today")
        page.get_by_text("Columns", exact=True).click()
        for place, name in (("Column 1", "Days late"), ("Column 2", "Status")):
            page.get_by_label(place, exact=True).select_option(label=name)
        page.get_by_role("button", name="Show these columns").click()
        expect(page.get_by_role("columnheader", name="Days late")).to_be_visible()
        assert look_at(page) == []
        assert seen.complaints == []
