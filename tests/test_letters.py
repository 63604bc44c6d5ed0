"""What a letter of ours says and looks like: read back from its PDF, whatever its words are."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.postman.letters.typeset import Letter, Letterhead, address_lines, name_of
from api.postman.sender import cleaned
from ledger.facts.debtor import Debtor
from ledger.facts.outbound import InvoiceSnapshot
from ledger.policy.messages.languages import LANGUAGES
from support.message_examples import (
    ABOUT,
    AT,
    BOOK,
    asked,
    letter,
    read_pdf,
    text,
)

MM = 72 / 25.4
MARKUP = "#*_$@<>[]{}()\\/`'\"~=-+:;%&|^!?.,0aZéß€"
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def bare(said: str) -> str:
    """Without white space, and places where a long word may be broken."""
    return re.sub(r"[\s\u200b]+", "", said)


def places(one: Letter) -> dict[str, tuple[float, float]]:
    """Of the words on the first page, in mm from its left upper corner."""
    found = dict[str, tuple[float, float]]()
    page = read_pdf(one).pages[0]
    height = float(page.mediabox.height)

    def visit(words: str, cm: list[float], tm: list[float], *_: Any) -> None:
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        if words.strip():
            found.setdefault(words.strip(), (x / MM, (height - y) / MM))

    page.extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["Utrecht, 2 maart 2026", "Herinnering: € 1.000,50 open", "Factuur", "Te betalen",
                "€ 1.210,00", "Totaal", "Met vriendelijke groet", "Pagina 1 van 1"]),
        ("de", ["Utrecht, 2. März 2026", "Zahlungserinnerung: 1.000,50 € offen", "Rechnung",
                "Fällig", "1.210,00 €", "Summe", "Mit freundlichen Grüßen", "Seite 1 von 1"]),
        ("fr", ["Utrecht, le 2 mars 2026", "Rappel : 1 000,50 € à payer", "Facture", "Échéance",
                "1 210,00 €", "Total", "Cordialement", "Page 1 sur 1"]),
        ("en", ["Utrecht, 2 March 2026", "Reminder: €1,000.50 open", "Invoice", "Due on",
                "€1,210.00", "Total", "Kind regards", "Page 1 of 1"]),
    ],
)  # fmt: skip
def test_it_says_the_same_as_the_mail_in_the_language_of_who_gets_it(
    language: str, said: list[str]
) -> None:
    found = bare(text(letter(language=language)))
    for words in (*said, "2026-001", "Séller BV", "credit@seller.example", "IBAN NL91"):
        assert bare(words) in found
    assert "-Invoice" not in found, "the list is a table"
    assert read_pdf(letter(language=language)).trailer["/Root"]["/Lang"] == language  # type: ignore[index]


def test_the_address_stands_in_the_window_at_the_left() -> None:
    """DIN 5008 form B: from 45 to 90 mm below the upper edge, 20 to 105 mm from the left one."""
    one = letter()
    assert one.to == ("Bakkerij Jansen", "Dorpsstraat 1", "1234 AB Dorp")
    found = places(one)
    for line in one.to:
        x, y = found[line]
        assert 20 < x < 30
        assert 62.7 < y < 90
    back = "Séller BV · Stationsplein 1 · 3511 ED Utrecht"
    assert 45 < found[back][1] < 62.7


def test_a_long_address_is_set_smaller_so_that_it_is_seen_whole() -> None:
    one = letter(to=("Afdeling C\nGebouw 2\nVerdieping 3\nKamer 4\nDorpsstraat 1\n1234 AB Dorp",))
    assert len(one.to) == 7
    assert places(one)["1234 AB Dorp"][1] < 90


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("Dorpsstraat 1, 1234 AB Dorp", ("Dorpsstraat 1", "1234 AB Dorp")),
        ("Jan, of Piet\r\nStraat 1\n\n1234 AB Dorp", ("Jan, of Piet", "Straat 1", "1234 AB Dorp")),
        (" , \x00,", ()),
    ],
)  # fmt: skip
def test_an_address_has_lines_or_commas(address: str, lines: tuple[str, ...]) -> None:
    assert address_lines(address) == lines


def test_abroad_the_country_is_named_once() -> None:
    berlin = Debtor(BOOK, name="Bäckerei", country="DE")
    assert letter(berlin).to[-1] == "DUITSLAND"
    assert letter(berlin, home="DE").to[-1] == "1234 AB Dorp"
    assert letter(berlin, to=("Hof 1, 10115 Berlin, Germany",)).to[-1] == "Germany"


def test_without_a_town_of_ours_the_day_stands_alone() -> None:
    nowhere = Letterhead(Path("."), ("PO box 1", "London SW1A 1AA"))
    assert "2 maart 2026" in text(letter(paper=nowhere)).splitlines()


def test_many_invoices_go_over_pages_with_the_head_on_each() -> None:
    about = tuple(
        InvoiceSnapshot(
            f"F-{n:03}", Decimal(10), Decimal(10), "EUR", date(2026, 2, 1), date(2026, 2, 28)
        )
        for n in range(60)
    )
    pages = [page.extract_text() for page in read_pdf(letter(about=about)).pages]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "Te betalen" in page
        assert f"Pagina {number} van {len(pages)}" in page
    assert all(f"F-{n:03}" in "".join(pages) for n in range(60))


def test_it_is_the_same_byte_by_byte_whenever_it_is_made() -> None:
    assert letter().pdf == letter().pdf
    made = read_pdf(letter()).metadata
    assert made
    assert made.creation_date == AT
    assert made.title == letter().subject


def test_its_file_sorts_by_day_and_leads_nowhere_else() -> None:
    assert letter().name == "2026-03-02_D-7_first-reminder_000000000000.pdf"
    assert letter(step="").name == "2026-03-02_D-7_reminder_000000000000.pdf"
    odd = name_of(asked(debtor="../é/" + "x" * 200, step=".."), BOOK)
    assert odd == f"2026-03-02_é-{'x' * 23}_000000000000.pdf"


@settings(max_examples=60, deadline=None)
@given(st.text(MARKUP, min_size=1, max_size=80), st.sampled_from(LANGUAGES))
def test_any_markup_goes_in_literally(words: str, language: str) -> None:
    """As name, address, invoice, quote and own words: what typst would read as markup is text."""
    about = (InvoiceSnapshot(f"x{words}x", *_rest(ABOUT)),)
    facts = {"comment": words}
    one = letter(
        Debtor(BOOK, name=f"n{words}n"),
        to=(f"a{words}a\nb",),
        about=about,
        facts=facts,
        template="receipt",
        language=language,
    )
    found = bare(text(one))
    for part in (f"n{words}n", f"a{words}a", f"x{words}x", words):
        assert bare(part) in found


@settings(max_examples=60, deadline=None)
@given(anything, anything, anything)
def test_nothing_that_anybody_writes_makes_it_fail(name: str, address: str, words: str) -> None:
    paper = Letterhead(Path("."), address_lines(address), words, (name,))
    about = (InvoiceSnapshot(words, *_rest(ABOUT)),)
    one = letter(
        Debtor(BOOK, name=name, country="DE"),
        paper=paper,
        to=(address,),
        about=about,
        facts={"comment": words},
        template="receipt",
    )
    assert one.pdf.startswith(b"%PDF")
    assert cleaned(one.subject) == one.subject


def _rest(about: InvoiceSnapshot) -> tuple[Any, ...]:
    return tuple(getattr(about, name) for name in InvoiceSnapshot.__struct_fields__[1:])


def test_a_word_longer_than_the_page_is_broken() -> None:
    long = "w" * 300
    one = letter(facts={"comment": long}, template="receipt")
    assert long in bare(text(one))
    assert max(len(line) for line in text(one).splitlines()) < 120
