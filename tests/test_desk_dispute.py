"""Opening a dispute in one form: parts of several invoices, and the mails before they are sent."""

import re
from decimal import Decimal

import pytest

from api.http.auth.keys import Role
from ledger.facts.books import book_id
from ledger.facts.codes import Reason
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import ContactLogged
from support.desk import DeskUser, desk_user, faults, plain
from support.disputing import EVA, SAM, requested_messages, set_up_disputes
from support.http_clients import HttpClients, Person

FACTS = {"amount": "1210.00", "due_on": "2026-02-01", "on": "2026-01-02", "debtor": "D-7"}
LINES = [
    {"number": "1", "description": "Flour", "amount": "300.00"},
    {"number": "2", "description": "Yeast", "amount": "910.00"},
]
FORM = f"/invoices/{book_id('default', 'invoice', '2026-1001')}/disputes"
WORDS = "Three boxes arrived broken."


@pytest.fixture
def opener(http: HttpClients, anna: Person) -> DeskUser:
    """A collector, and a debtor with three invoices, one of them with its lines."""
    set_up_disputes(http, anna)
    anna.record("/invoices", {"invoice": "2026-1001", **FACTS})
    anna.record("/invoices", {"invoice": "2026-1002", **FACTS})
    anna.record("/invoices", {"invoice": "2026-1003", "lines": LINES, **FACTS})
    return desk_user(http, Role.COLLECTOR, "bram")


def test_an_amount_a_percentage_and_lines_are_one_case(http: HttpClients, opener: DeskUser) -> None:
    opener.does(
        FORM,
        invoice=["2026-1001", "2026-1002", "2026-1003"],
        reason="price",
        comment=WORDS,
        **{"part-2026-1001": "42,50", "part-2026-1002": "10 %", "line-2026-1003": "2"},
    )
    opened = http.recorded(DisputeOpened)
    assert [str(event.disputed) for event in opened] == ["42.50", "121.00", "910.00"]
    assert len({event.case_id for event in opened}) == 1


def test_it_shows_who_is_asked_and_the_mails_and_records_nothing(
    http: HttpClients, opener: DeskUser
) -> None:
    before = len(http.entries())
    shown = opener.fill(FORM, reason="price", comment=WORDS, invoice="2026-1001", check="1")
    assert len(http.entries()) == before
    assert shown.status_code == 200
    assert f'placeholder="{SAM}"' in shown.text
    assert 'placeholder="Which price was agreed?"' in shown.text
    words = plain(shown.text)
    assert f"To {SAM}" in words
    assert words.count(WORDS) >= 2, "in the form, and in the mail to the resolver"


def test_what_the_playbook_suggests_is_replaced(http: HttpClients, opener: DeskUser) -> None:
    asked = {"resolver": EVA, "expected": "Was it 12?", "follow_up_on": "2026-03-20"}
    opener.does(FORM, invoice="2026-1001", reason="price", comment=WORDS, **asked)
    [assigned] = http.recorded(ResolverAssigned)
    assert (assigned.resolver, assigned.expected) == (EVA, "Was it 12?")
    assert str(assigned.follow_up_on) == "2026-03-20"


def test_nobody_is_asked_yet_if_they_want_it_so(http: HttpClients, opener: DeskUser) -> None:
    opener.does(FORM, invoice="2026-1001", reason="price", comment=WORDS, alone="1")
    assert len(http.recorded(DisputeOpened)) == 1
    assert http.recorded(ResolverAssigned) == []
    assert requested_messages(http) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"comment": ""}, "This is needed."),
        ({"part-2026-1001": "1.000"}, "1.000"),
        ({"part-2026-1001": "lots"}, "lots"),
        ({"part-2026-1001": "200 %"}, "at most 100"),
        ({"follow_up_on": "soon"}, "“Answer by” cannot be read."),
    ],
)
def test_what_cannot_be_recorded_keeps_the_form(
    http: HttpClients, opener: DeskUser, fields: dict[str, str], fault: str
) -> None:
    given = {"invoice": "2026-1001", "reason": "price", "comment": WORDS} | fields
    answer = opener.fill(FORM, **given)
    assert answer.status_code in (409, 422)
    assert fault in " ".join(faults(answer.text)[1:])
    for value in filter(None, given.values()):
        assert value in answer.text
    assert http.recorded(DisputeOpened) == []


def test_a_message_becomes_a_dispute_and_leaves_the_inbox(
    http: HttpClients, anna: Person, opener: DeskUser
) -> None:
    words = "About 2026-1001: three boxes arrived broken. Please call."
    added = anna.record("/inbox", {"channel": "phone", "text": words, "who": "Piet"})
    page = opener.page(f"/inbox?at_least={added['position']}")
    assert "<mark>About 2026-1001: three boxes arrived broken.</mark>" in page
    [path] = re.findall(r'href="(/inbox/[^"]+/dispute[^"]*reason=damaged[^"]*)', page)
    path = path.replace("&amp;", "&")
    assert words in opener.page(path)
    unknown = opener.fill(path, invoice="2026-9", reason="damaged", comment=words)
    assert "2026-9" in faults(unknown.text)[-1]
    form = {"invoice": "2026-1001", "reason": "damaged", "comment": words}
    page = opener.does(path, **form, **{"part-2026-1001": "42,50"})
    assert "Nothing waits" in page
    [logged] = http.recorded(ContactLogged)
    [opened] = http.recorded(DisputeOpened)
    assert (opened.reason, opened.contact_id) == (Reason.DAMAGED, logged.contact_id)
    assert opened.disputed == Decimal("42.50")


def test_a_form_sent_twice_opens_one_case(http: HttpClients, opener: DeskUser) -> None:
    first = opener.fill(FORM, invoice="2026-1001", reason="price", comment=WORDS, form="0" * 32)
    again = opener.fill(FORM, invoice="2026-1001", reason="price", comment=WORDS, form="0" * 32)
    assert (first.status_code, again.status_code) == (303, 303)
    assert len(http.recorded(DisputeOpened)) == 1
