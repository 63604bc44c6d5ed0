"""What a mail of ours says, in four languages, as text and as a page, whatever its facts are."""

import re
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from api.mail.automatic import automatic_signs
from api.postman.email.compose import Mail, compose
from api.postman.email.html import page
from api.postman.preview import check_templates, example
from api.postman.template_context import HEADERS
from api.postman.templates import BadTemplate, Templates, supported_language
from ledger.facts.codes import Purpose
from ledger.facts.outbound import InvoiceSnapshot
from ledger.policy.messages.collection_costs import dutch_collection_costs
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.messages.template_text import FACTS, TEMPLATES
from support.message_examples import (
    ABOUT,
    AT,
    BOOK,
    OWN_ID,
    US,
    asked,
    letter,
    mail_of,
    text,
    write,
)


def read(mail: Mail) -> EmailMessage:
    return message_from_bytes(mail.raw, policy=policy.default)


def part(mail: Mail, kind: str) -> str:
    found = read(mail).get_body((kind,))
    assert found is not None
    return str(found.get_content())


@pytest.mark.parametrize(
    ("language", "subject", "amount", "day"),
    [
        ("nl", "Herinnering: € 1.000,50 open, factuur 2026-001", "€ 1.210,00", "28 februari 2026"),
        ("de", "Zahlungserinnerung: 1.000,50 € offen, Rechnung 2026-001", "1.210,00 €",
         "28. Februar 2026"),
        ("fr", "Rappel : 1 000,50 € à payer, facture 2026-001", "1 210,00 €", "28 février 2026"),
        ("en", "Reminder: €1,000.50 open, invoice 2026-001", "€1,210.00", "28 February 2026"),
        ("pl", "Reminder: €1,000.50 open, invoice 2026-001", "€1,210.00", "28 February 2026"),
        ("de-AT", "Zahlungserinnerung: € 1.000,50 offen, Rechnung 2026-001", "€ 1.210,00",
         "28. Februar 2026"),
    ],
)  # fmt: skip
def test_amounts_and_days_are_written_as_the_language_does(
    language: str, subject: str, amount: str, day: str
) -> None:
    mail = mail_of(language=language)
    assert " ".join(mail.subject.split()) == subject
    said = " ".join(part(mail, "plain").split())
    assert amount in said
    assert day in said
    assert f'<html lang="{supported_language(language)}">' in part(mail, "html")


@pytest.mark.parametrize("language", LANGUAGES)
def test_costs_that_were_added_are_told_where_more_is_open_than_was_billed(language: str) -> None:
    more = replace(ABOUT, open_amount=Decimal("1250.00"))
    with_costs = part(mail_of(language=language, about=(more,)), "plain")
    assert re.search(r"added costs|kosten|Kosten|frais ajoutés", with_costs)
    all_of_it = part(
        mail_of(language=language, about=(replace(more, amount=Decimal(1250)),)), "plain"
    )
    assert not re.search(r"added costs|kosten|Kosten|frais ajoutés", all_of_it)


@pytest.mark.parametrize(
    ("language", "given"),
    [
        ("en", "over €1,210.00 and €12.10 of interest and costs"),
        ("nl", "over € 1.210,00 en € 12,10 rente en kosten"),
        ("de", "über 1.210,00 € und 12,10 € Zinsen und Kosten"),
        ("fr", "de 1 210,00 € et 12,10 € d'intérêts et de frais"),
    ],
)
def test_interest_inside_what_is_open_is_told_also_after_a_payment(
    language: str, given: str
) -> None:
    """F26: 222.10 of 1,210.00 open, of which nobody was informed that interest is in it."""
    about = replace(ABOUT, amount=Decimal(1210), open_amount=Decimal("222.10"))
    about = replace(about, charges=Decimal("12.10"))
    plain = " ".join(part(mail_of(language=language, about=(about,)), "plain").split())
    assert given in plain.replace("\u202f", " ").replace("\xa0", " ")
    assert "12,10" in text(letter(language="nl", about=(about,)))


def test_the_mail_says_who_it_is_from_and_that_a_machine_wrote_it() -> None:
    mail = read(mail_of())
    assert mail["From"] == "Séller BV <credit@seller.example>"
    assert mail["To"] == "ap@bakery.example"
    assert mail["Message-ID"] == f"<{OWN_ID}>"
    assert mail["Date"] == "Mon, 02 Mar 2026 09:00:00 +0000"
    assert mail["X-Dossier-Message"] == str(BOOK)
    assert automatic_signs(mail) == ("Auto-Submitted: auto-generated",)
    assert mail["Reply-To"] is None


def test_an_answer_names_what_it_answers_and_where_its_own_answer_goes() -> None:
    facts = {
        "in_reply_to": "<2@x.example>",
        "references": "<1@x.example> \r\nBcc: <2@x.example>",
        "reply_to": "credit+token@seller.example",
    }
    mail = read(mail_of(facts=facts))
    assert mail["In-Reply-To"] == "<2@x.example>"
    assert mail["References"] == "<1@x.example> <2@x.example>"
    assert mail["Reply-To"] == "credit+token@seller.example"
    assert mail["Bcc"] is None


def test_the_same_message_is_the_same_bytes_whenever_it_is_made() -> None:
    assert mail_of().raw == mail_of().raw


def test_who_has_no_mail_address_is_told_apart() -> None:
    mail = mail_of(to=("sam", "ap@bakery.example", "é@x.nl"), copy_to=("cfo@x.nl", "a b@x.nl"))
    assert mail.recipients == ("ap@bakery.example", "cfo@x.nl")
    assert mail.unusable == ("sam", "é@x.nl", "a b@x.nl")
    assert read(mail)["Cc"] == "cfo@x.nl"


def test_codes_are_said_in_the_language_or_in_the_creditors_own_words() -> None:
    given = {"reason": "quantity_short", "asks": "Hoeveel?", "answer_by": "2026-03-09"}
    shown = mail_of(template="request", purpose=Purpose.REQUEST, facts=given).text
    assert "Reden: te weinig geleverd" in shown
    assert "uiterlijk 9 maart 2026" in shown
    own = mail_of(template="request", facts=given | {"reason_name": "Manco"}).text
    assert "Reden: Manco" in own


def test_a_credit_and_what_is_undisputed_are_told_as_the_language_writes_them() -> None:
    asks = mail_of(template="approval-request", facts={"credit": "1700.00 EUR"})
    assert "creditering van € 1.700,00" in " ".join(asks.subject.split())
    receipt = mail_of(template="receipt", language="de", facts={"undisputed": "A-1: 1070.00 EUR"})
    assert "A-1: 1.070,00 €" in receipt.text.replace("\xa0", " ")


def test_the_outcome_tells_what_is_credited_as_the_language_writes_it() -> None:
    given = {"outcome": "credited", "credited": "A-1: 1121.00 EUR, A-2: 5 JPY"}
    for language, words in (
        ("nl", "Gecrediteerd: A-1: € 1.121,00, A-2: JP¥ 5"),
        ("en", "Credited: A-1: €1,121.00, A-2: JP¥5"),
    ):
        text = mail_of(purpose=Purpose.OUTCOME, template="outcome", language=language, facts=given)
        assert words in text.text.replace("\xa0", " ")


def test_every_amount_is_written_as_the_language_does() -> None:
    given = {"undisputed": "A-1: 1121.00 EUR", "credit": "1121.00 EUR"}
    for template in ("receipt", "approval-request"):
        text = mail_of(template=template, language="nl", facts=given).text
        assert "€ 1.121,00" in text.replace("\xa0", " ")


def test_what_somebody_else_wrote_is_text_and_no_markup() -> None:
    evil = "<script>alert(1)</script> & “{{ 7 * 7 }}”\n- #total\nhttps://x.example/?a=1&b=<b>"
    html = part(mail_of(template="receipt", facts={"comment": evil}), "html")
    assert "<script>" not in html
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; “{{ 7 * 7 }}”</p>" in html
    assert "<p>- #total</p>" in html
    assert '<a href="https://x.example/?a=1&amp;b=">https://x.example/?a=1&amp;b=</a>' in html
    assert "<blockquote>" in html


class _Tags(HTMLParser):
    """Are they balanced, and which were there?"""

    def __init__(self) -> None:
        super().__init__()
        self.open = list[str]()
        self.seen = set[str]()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.add(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.text())
def test_any_text_makes_a_page_that_is_whole(text: str) -> None:
    tags = _Tags()
    tags.feed(page(text, text, "en"))
    tags.close()
    assert tags.open == []
    assert tags.seen <= {
        "html", "head", "meta", "title", "body", "main", "p", "br", "ul", "li", "blockquote", "a"
    }  # fmt: skip


amounts = st.decimals(-(10**9), 10**9, places=2)
abouts = st.builds(
    InvoiceSnapshot, st.text(max_size=100), amounts, amounts, st.text(max_size=3) | st.just("EUR"),
    st.dates(), st.dates(),
)  # fmt: skip
facts = st.dictionaries(st.sampled_from([*FACTS, *HEADERS]) | st.text(), st.text())


@settings(deadline=None)
@given(
    template=st.sampled_from(TEMPLATES),
    language=st.sampled_from(LANGUAGES) | st.text(),
    to=st.lists(st.emails() | st.text(), min_size=1, max_size=3).map(tuple),
    about=st.lists(abouts, max_size=3).map(tuple),
    given=facts,
    name=st.text(),
)
def test_whatever_the_facts_are_a_mail_comes_of_it(
    template: str, language: str, to: Any, about: Any, given: Any, name: str
) -> None:
    wish = asked(template=template, language=language, to=to, about=about, facts=given)
    mail = compose(wish, BOOK, OWN_ID, AT, US, name, Templates())
    assert mail.raw.isascii()
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 998
    parsed = message_from_bytes(mail.raw)
    assert parsed["Message-ID"] == mail.message_id
    assert [one.get_content_type() for one in parsed.walk()] == [
        "multipart/alternative", "text/plain", "text/html"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("principal", "costs"),
    [("0.01", "40"), ("266.67", "40"), ("266.70", "40.01"), ("1000", "150"), ("2500", "375"),
     ("5000", "625"), ("7500", "750"), ("10000", "875"), ("50000", "1275"), ("200000", "2775"),
     ("500000", "4275"), ("1000000", "6775"), ("5000000", "6775")],
)  # fmt: skip
def test_collection_costs_are_those_of_the_dutch_scale(principal: str, costs: str) -> None:
    assert dutch_collection_costs(Decimal(principal)) == Decimal(costs)


def test_all_shipped_templates_can_be_used(tmp_path: Path) -> None:
    found = list(check_templates(Templates()))
    assert [one.fault for one in found if one.fault] == []
    assert len(found) == len(TEMPLATES) * len(LANGUAGES)
    assert "2026-001" in example(Templates(), "reminder", "nl").text


def test_a_template_of_ones_own_goes_before_the_shipped_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        "nl",
        "reminder",
        "Subject: Betaal #total\n#items_list_selected\nC#1 {{ items|length }}\n",
    )
    write(tmp_path, "nl", "extra", "Subject: Nog iets\n#customer_name\n")
    mail = mail_of(tmp_path)
    assert " ".join(mail.subject.split()) == "Betaal € 1.000,50"
    assert mail.text.splitlines()[-1] == "C#1 1"
    assert mail_of(tmp_path, template="extra").text == "Bakkerij Jansen\n"
    assert mail_of(tmp_path, template="final-notice").subject.startswith("Laatste aanmaning")
    assert [one.fault for one in check_templates(Templates(tmp_path)) if one.fault] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Beste klant", "does not begin with"),
        ("Subject: x\n\n#items_lst", "'items_lst' is undefined"),
        ("Subject: x\n\n{% if total %}", "line 3"),
        ("Subject: x\n\n{{ total.__class__.mro() }}", "unsafe"),
        ("Subject: x\n\n{{ 1 / 0 }}", "division"),
        ("Subject: x\n\n{{ items.append(1) }}", "unsafe"),
    ],
)
def test_a_template_that_cannot_be_used_is_named_with_its_fault(
    tmp_path: Path, text: str, fault: str
) -> None:
    write(tmp_path, "nl", "reminder", text)
    [one] = [one for one in check_templates(Templates(tmp_path)) if one.fault]
    assert str(tmp_path / "nl" / "reminder.txt") in one.fault
    assert fault in one.fault
    with pytest.raises(BadTemplate):
        mail_of(tmp_path)


def test_a_template_or_language_that_there_is_not_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate, match=r"no template nl/thanks\.txt"):
        mail_of(template="thanks")
    with pytest.raises(BadTemplate, match="no name of a template"):
        mail_of(template="../../etc/passwd")
    write(tmp_path, "xx", "reminder", "Subject: x\n")
    assert [
        "no language xx" in one.fault for one in check_templates(Templates(tmp_path)) if one.fault
    ] == [True]
    with pytest.raises(ValueError, match="no folder"):
        list(check_templates(Templates(tmp_path / "nowhere")))
