"""The desk, as a collector without script lives in it: every act is a plain form."""

import re

import pytest

from api.http.auth.keys import Role
from api.pages.kit.static import ADDRESSES
from ledger.facts.books import book_id
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import ContactLogged, ItemPostponed
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.facts.invoice.promises import PromiseMade
from ledger.facts.invoice.registration import NoteAdded
from support.desk import DeskUser, desk_user, faults, hidden, notice, plain
from support.http_clients import HttpClients, Person

OVERDUE = {"amount": "1210.00", "due_on": "2026-02-01", "on": "2026-01-02", "debtor": "D-7"}
FILE = f"/invoices/{book_id('default', 'invoice', 'F-1')}"


@pytest.fixture
def bram(http: HttpClients, anna: Person) -> DeskUser:
    """A collector at the desk, with three overdue invoices of a debtor."""
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakkerij Jansen", "email": "j@d.example"})
    for number in ("F-1", "F-2", "F-3"):
        last = anna.record("/invoices", {"invoice": number, **OVERDUE})
    user = desk_user(http, Role.COLLECTOR, "bram")
    user.page(f"/today?at_least={last['position']}")
    return user


def test_today_says_what_to_do_for_whom_how_much_and_why(bram: DeskUser) -> None:
    words = plain(bram.page("/today"))
    assert "3 to do, worth 3,630.00 EUR" in words
    assert "Bakkerij Jansen D-7 owes 3,630.00 EUR" in words
    assert "Chase debtor F-1" in words
    assert "1,210.00 is due since 1 February" in words


def test_a_call_with_a_promise_is_one_form(http: HttpClients, bram: DeskUser) -> None:
    page = bram.does(
        f"{FILE}/calls?back=/today",
        summary="Pays on Friday.",
        promised_for="2026-03-06",
        amount="1.210,00",
    )
    [call] = http.recorded(ContactLogged)
    [promise] = http.recorded(PromiseMade)
    assert (call.summary, str(promise.amount), str(promise.promised_for)) == (
        "Pays on Friday.",
        "1210.00",
        "2026-03-06",
    )
    entry = next(e for e in http.entries() if e.event == call)
    assert bram.person is not None
    assert (entry.by, entry.via) == ("bram", str(bram.person.person_id))
    assert "Pays on Friday." in plain(page), "the toast says what was done"
    assert "2 to do" in plain(page), "what is promised waits"


def test_a_second_tap_records_nothing(http: HttpClients, bram: DeskUser) -> None:
    form = hidden(bram.page(f"{FILE}/notes")) | {"text": "Ask for Claire."}
    assert [bram.send(f"{FILE}/notes", form).status_code for _ in range(2)] == [303, 303]
    assert len(http.recorded(NoteAdded)) == 1
    changed = bram.send(f"{FILE}/notes", form | {"text": "Ask for Paul."})
    assert changed.status_code == 409
    assert "sent already" in plain(changed.text)


def test_what_cannot_be_recorded_keeps_what_was_typed(bram: DeskUser) -> None:
    answer = bram.fill(
        f"{FILE}/promises", promised_for="2026-03-06", amount="9.999,00", who="Claire"
    )
    assert answer.status_code == 409
    assert "Error:" in answer.text.partition("</title>")[0]
    assert any("1210.00" in text for text in faults(answer.text))
    assert 'value="Claire"' in answer.text
    ambiguous = bram.fill(f"{FILE}/promises", promised_for="2026-03-06", amount="1.210")
    assert ambiguous.status_code == 422
    assert "1,210.00" in plain(ambiguous.text)
    missing = bram.fill(f"{FILE}/disputes", reason="price")
    assert faults(missing.text)[-1] == "This is needed."


def test_a_form_shows_what_it_would_record(http: HttpClients, bram: DeskUser) -> None:
    before = len(http.entries())
    answer = bram.fill(
        f"{FILE}/holds", reason="Waits for the year's end", until="2026-04-01", check="1"
    )
    assert "This would be recorded: Follow-up of the invoice is paused until" in plain(answer.text)
    assert len(http.entries()) == before
    bram.does(f"{FILE}/holds", reason="Waits for the year's end", until="2026-04-01")
    assert len(http.recorded(FollowUpHeld)) == 1


def test_a_dispute_is_opened_and_decided(http: HttpClients, bram: DeskUser) -> None:
    bram.does(
        f"{FILE}/disputes",
        invoice="F-1",
        reason="damaged",
        comment="Die Tür ist gesprungen.",
        **{"part-F-1": "210,00"},
    )
    [opened] = http.recorded(DisputeOpened)
    case = f"/disputes/{opened.case_id}"
    page = bram.page(case)
    assert "Die Tür ist gesprungen." in page
    assert "210.00 EUR" in plain(page)
    bram.does(f"{case}/resolver?back={case}", resolver="sven", expected="Can it be repaired?")
    assert "sven" in plain(bram.page(case))
    page = bram.does(f"{case}/resolution?back={case}", outcome="credited", credited="100,00")
    assert "Open it again" in plain(page)
    assert "110.00 EUR" in plain(page)


def test_the_file_shows_its_past(bram: DeskUser) -> None:
    bram.does(f"{FILE}/notes", text="Ask for Claire.")
    now = plain(bram.page(FILE))
    assert "Ask for Claire." in now
    assert "Next, " in now
    past = plain(bram.page(f"{FILE}?upto=1"))
    assert "Ask for Claire." not in past
    assert "after entry 1 of 2" in past
    assert "Log a call" not in past, "nothing can be done in the past"


def test_a_task_is_put_aside_or_done(http: HttpClients, bram: DeskUser) -> None:
    page = bram.page("/today")
    first, second, _ = re.findall(r'href="(/tasks/[^/"]+/snoozes)', page)
    bram.does(first, until="2026-03-20", why="Away until then.")
    [postponed] = http.recorded(ItemPostponed)
    assert postponed.why == "Away until then."
    bram.does(second.replace("snoozes", "closure"), text="Spoke to them.")
    assert "1 to do" in plain(bram.page(f"/today?at_least={len(http.entries())}"))


def test_many_tasks_at_once_have_an_outcome_each(http: HttpClients, bram: DeskUser) -> None:
    items = re.findall(r'name="item" value="([^"]+)"', bram.page("/today"))
    bram.does(f"{FILE}/holds", reason="Waits")
    form = hidden(bram.page("/today")) | {"act": "snoozes", "item": items}
    asked = bram.send("/bulk", form)
    assert plain(asked.text).count("F-") >= 3
    filled = hidden(asked.text) | {"item": items, "until": "2026-03-20", "why": "Fair week"}
    done = plain(bram.send("/bulk/snoozes", filled).text)
    assert done.count(" done") - done.count("not done") == 2
    assert "not done" in done, "the task of the held invoice is not there any more"
    assert len(http.recorded(ItemPostponed)) == 2


def test_the_debtor_and_the_lists(bram: DeskUser) -> None:
    bram.does(f"{FILE}/notes", text="Ask for Claire.")
    debtor = f"/debtors/{book_id('default', 'debtor', 'D-7')}"
    words = plain(bram.page(debtor))
    assert "Bakkerij Jansen" in words
    assert "Ask for Claire." in words
    assert "3 invoices open" in words
    assert bram.get("/debtors/by-number?number=D-7").headers["location"].startswith(debtor)
    assert "Bakkerij Jansen" in plain(bram.page("/debtors"))
    assert "F-2" in plain(bram.page("/invoices?number=F-2"))
    assert "F-2" in plain(bram.page("/find?q=F-2"))
    for path in ("/disputes", "/inbox", "/outbox", "/me", "/keys"):
        bram.page(path)
    bram.does(f"{debtor}/holds", reason="Moving house", until="2026-04-01")
    assert "Moving house" in plain(bram.page(debtor))


def test_a_message_is_filed_from_the_inbox(http: HttpClients, anna: Person, bram: DeskUser) -> None:
    added = anna.record("/inbox", {"channel": "phone", "text": "Where is my money?"})
    page = bram.page(f"/inbox?at_least={added['position']}")
    assert "Where is my money?" in page
    [path] = re.findall(r'href="(/inbox/[^"]+/assignment)', page)
    would = plain(bram.fill(path, invoices="F-1", check="1").text)
    assert "This would be recorded: The message was filed under F-1." in would
    assert notice(bram.does(path, invoices="F-1")) == "The message was filed under F-1."
    assert "Where is my money?" in plain(bram.page(FILE))


def test_a_message_that_needs_nothing_is_put_away(
    http: HttpClients, anna: Person, bram: DeskUser
) -> None:
    added = anna.record("/inbox", {"channel": "phone", "text": "Happy new year!"})
    page = bram.page(f"/inbox?at_least={added['position']}")
    [path] = re.findall(r'href="(/inbox/[^"]+/dismissal)', page)
    page = bram.does(path, why="A greeting.")
    assert notice(page) == "The message needs nothing: “A greeting.”"
    assert "/undo" not in page, "nothing takes it back"


def test_it_speaks_the_readers_language(http: HttpClients, bram: DeskUser) -> None:
    greta = desk_user(http, Role.COLLECTOR, "greta", language="de")
    page = greta.page("/today")
    assert '<html lang="de">' in page
    assert "3.630,00" in page
    assert "Heute" in page


def test_a_form_of_somebody_else_is_refused(http: HttpClients, bram: DeskUser) -> None:
    other = desk_user(http, Role.COLLECTOR, "carla")
    before = len(http.entries())
    form = hidden(bram.page(f"{FILE}/notes")) | {"text": "Not mine."}
    assert other.send(f"{FILE}/notes", form).status_code == 403
    assert bram.send(f"{FILE}/notes", form | {"csrf": "00"}).status_code == 403
    assert bram.send(f"{FILE}/notes", {"text": "x"}).status_code == 403
    assert bram.send(f"{FILE}/notes", form, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert bram.send(f"{FILE}/notes", form, Origin="https://evil.example").status_code == 403
    assert len(http.entries()) == before


def test_no_two_pages_have_the_same_token(bram: DeskUser) -> None:
    one, two = (hidden(bram.page(f"{FILE}/notes"))["csrf"] for _ in range(2))
    assert one != two


def test_pages_keep_to_themselves(bram: DeskUser) -> None:
    answer = bram.get("/today")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert "style=" not in answer.text
    assert re.findall(r"<script(?! nonce=)", answer.text) == []
    elsewhere = re.findall(r'(?:src|href|action)="(?!/|#|\?|mailto:|tel:)([^"]*)"', answer.text)
    assert elsewhere == []


def test_static_files_are_kept_for_good(bram: DeskUser) -> None:
    sizes = 0
    for address in ADDRESSES.values():
        answer = bram.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        sizes += int(answer.headers["content-length"]) if address.endswith(("css", "js")) else 0
    assert sizes < 25_000, "style sheet and script, compressed"
    assert bram.get("/static/dossier.css").status_code == 404
