"""The creditor's own texts on pages: written, previewed, checked at the line, kept as versions."""

import pytest

from api.http.auth.keys import Role
from support.desk import DeskUser, desk_user, faults, hidden, plain
from support.http_clients import HttpClients

REMINDER = "/texts/reminder"


@pytest.fixture
def author(http: HttpClients) -> DeskUser:
    return desk_user(http, Role.ADMIN, "eva")


def form(user: DeskUser, language: str = "nl", **fields: str) -> dict[str, str]:
    page = user.page(f"{REMINDER}?language={language}")
    return hidden(page) | {"language": language, "do": "preview"} | fields


def test_a_text_is_previewed_saved_and_reset(http: HttpClients, author: DeskUser) -> None:
    eva_page = plain(author.page(f"{REMINDER}?language=nl"))
    assert "the shipped text" in eva_page
    assert "Nobody wrote a text of your own." in eva_page
    own = {"subject": "Betaal #invoices", "text": "Beste #customer_name,\n\n#items_list_selected"}
    previewed = author.send(REMINDER, form(author, **own))
    assert "Beste Bakkerij De Korenbloem," in plain(previewed.text)
    assert http.entries() == [], "a preview writes nothing"
    saved = author.send(REMINDER, form(author, **own, do="save", why="Ours is friendlier."))
    assert saved.status_code == 303
    page = plain(author.page(saved.headers["location"]))
    assert "The text is saved." in page
    assert "eva Betaal #invoices Ours is friendlier." in page
    assert "Reminder shipped your own shipped" in plain(author.page("/texts"))
    second = own | {"subject": "Nog eens #invoices"}
    author.send(REMINDER, form(author, **second, do="save"))
    first = http.entries()[0]
    again = author.page(f"{REMINDER}?language=nl&line={first.line}")
    assert 'value="Betaal #invoices"' in again, "an earlier text is there to be used again"
    reset = author.send(f"{REMINDER}/resets", form(author))
    assert reset.status_code == 303
    assert "the shipped text again" in plain(author.page(reset.headers["location"]))
    assert "Reminder shipped shipped shipped" in plain(author.page("/texts"))


def test_a_preview_has_a_real_invoice_that_is_visible(http: HttpClients, author: DeskUser) -> None:
    anna = http.collector(name="anna")
    anna.record("/debtors", {"debtor": "D-17", "name": "Smit & Zn"})
    due = {"due_on": "2026-02-20", "on": "2026-01-20", "debtor": "D-17"}
    anna.record("/invoices", {"invoice": "A-1", "amount": "123.45", **due})
    own = {"subject": "Over #invoices", "text": "Aan #customer_name: #total"}
    page = plain(author.send(REMINDER, form(author, **own, invoice="A-1")).text)
    assert "Over A-1 Aan Smit & Zn: € 123,45" in page
    assert "Reminder: €123.45 open, invoice A-1" in page, "the other languages are shown too"
    page = plain(author.send(REMINDER, form(author, **own, invoice="A-9")).text)
    assert "A-9" in page
    assert "with two invoices that do not exist" in page


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("Beste,\n\nbetaal #nonsense", 3, "nonsense"),
        ("Beste,\n{% for x in items %}", 2, ""),
        ("a\nb\n{{ items.__class__ }}", 3, "__class__"),
    ],
)
def test_a_fault_is_shown_at_its_line(author: DeskUser, text: str, line: int, why: str) -> None:
    answer = author.send(REMINDER, form(author, subject="Over", text=text, do="save"))
    assert answer.status_code == 422
    summary = " ".join(faults(answer.text))
    assert f"Line {line}:" in summary
    assert why in summary
    assert text.split("\n")[0] in answer.text, "what was typed is kept"


def test_a_fault_and_an_invoice_that_is_not_there_keep_what_was_typed(author: DeskUser) -> None:
    faulty = form(author, subject="Over", text="Betaal #nonsense", invoice="A-9")
    answer = author.send(REMINDER, faulty)
    assert answer.status_code == 422
    assert "Betaal #nonsense" in answer.text


def test_who_may_not_write_reads(http: HttpClients, author: DeskUser) -> None:
    bram = desk_user(http, Role.COLLECTOR, "bram")
    page = bram.page(f"{REMINDER}?language=fr")
    assert "readonly" in page
    assert "Save from now on" not in page
    mine = hidden(bram.page("/me")) | {"language": "fr", "subject": "x", "text": "y", "do": "save"}
    assert bram.send(REMINDER, mine).status_code == 403
    assert desk_user(http, Role.AGENCY, agency="Incasso BV").get("/texts").status_code == 403
    assert author.get("/texts/nonsense").status_code == 404
    assert author.get(f"{REMINDER}?language=xx").status_code == 404
