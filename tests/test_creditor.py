"""The creditor's own details: on record, and what debtors read in messages."""

from pathlib import Path

import pytest
from msgspec.structs import replace as but

from api.http.auth.keys import Role
from api.postman.creditor import paper_of, payment_facts, sender_of
from api.postman.letters.typeset import Letterhead
from api.postman.sender import Sender
from api.postman.template_context import render_message
from api.postman.templates import Templates
from commands.command import DecisionContext
from commands.creditor import DescribeCreditor
from ledger.facts.books import CREDITOR, book_id
from ledger.facts.codes import Channel, Purpose
from ledger.facts.creditor import BankAccount, Creditor
from ledger.facts.outbound import InvoiceSnapshot, MessageAsked
from ledger.policy.refusal import Refused
from support.cli import CliUser
from support.examples import money
from support.given import day
from support.http_clients import HttpClients, refused

IBAN = "NL91 ABNA 0417 1643 00"
NOW = DecisionContext(day("2026-03-02"), "anna")
START = Creditor(book_id("default", "creditor", "creditor"))


def described(state: Creditor, **given: object) -> Creditor:
    for event in DescribeCreditor.model_validate(given).decide(state, NOW):
        state = CREDITOR.after(state, event)
    return state


def test_what_is_left_out_stays_and_what_is_equal_is_no_entry() -> None:
    first = described(START, name="Korenaar B.V.", bank_accounts=[{"iban": IBAN}])
    assert first.bank_accounts == (BankAccount("NL91ABNA0417164300"),)
    then = described(first, phone="030 123 45 67")
    assert (then.name, then.phone) == ("Korenaar B.V.", "030 123 45 67")
    assert [*DescribeCreditor(name="Korenaar B.V.").decide(then, NOW)] == []


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [
        ("bank_accounts", [{"iban": "NL91ABNA0417164301"}], "iban-invalid"),
        ("country", "XX", "no-such-country"),
        ("country", "ZZ", "no-such-country"),
        ("email", "nobody", "email-invalid"),
        ("reply_to", "a b@c", "email-invalid"),
    ],
)
def test_an_account_or_address_that_cannot_be_right_is_refused(
    field: str, given: object, code: str
) -> None:
    with pytest.raises(Refused) as error:
        described(START, **{field: given})
    assert (error.value.code, error.value.field) == (code, field)


@pytest.mark.parametrize(
    ("language", "pay", "call"),
    [
        ("en", "How to pay:\n- IBAN: NL91 ABNA", "Questions? Call Marit, 030 123"),
        ("nl", "Zo betaalt u:\n- IBAN: NL91 ABNA", "Vragen? Bel Marit, 030 123"),
        ("de", "So zahlen Sie:\n- IBAN: NL91 ABNA", "Fragen? Rufen Sie uns an: Marit, 030 123"),
        ("fr", "Comment payer :\n- IBAN : NL91 ABNA", "Des questions ? Appelez Marit, 030 123"),
    ],
)
@pytest.mark.parametrize("template", ["reminder", "final-notice", "fourteen-days", "invoice-copy"])
def test_a_reminder_says_where_to_pay_and_whom_to_call(
    language: str, pay: str, call: str, template: str
) -> None:
    firm = described(
        START,
        name="Korenaar B.V.",
        bank_accounts=[{"iban": IBAN, "bic": "ABNANL2A"}],
        contact="Marit",
        phone="030 123 45 67",
    )
    asked = message(language, template)
    facts = payment_facts(firm, asked)
    text = render_message(but(asked, facts=facts), "Korenaar B.V.", "X", Templates()).text
    block = text[text.index(pay) :].partition("\n\n")[0]
    for shown in ("ABNANL2A", "Korenaar B.V.", "100", "RF63 FX1"):
        assert shown in block
    assert call in text
    bare = render_message(asked, "Korenaar B.V.", "X", Templates()).text
    assert "IBAN" not in bare


@pytest.mark.parametrize(
    ("language", "by", "again"),
    [
        ("en", "by 12 October 2026", "On 5 September 2026 we reminded you"),
        ("nl", "uiterlijk 12 oktober 2026", "Op 5 september 2026 hebben wij u"),
        ("de", "bis zum 12. Oktober 2026", "am 5. September 2026 haben wir Sie"),
        ("fr", "au plus tard le 12 octobre 2026", "Le 5 septembre 2026, nous vous avons"),
    ],
)
def test_a_reminder_says_by_when_to_pay_and_the_second_differs_from_the_first(
    language: str, by: str, again: str
) -> None:
    asked = message(language, "reminder")
    facts = {"pay_by": "2026-10-12"}
    first = render_message(but(asked, facts=facts), "Korenaar", "X", Templates()).text
    then = facts | {"reminded_on": "2026-09-05"}
    second = render_message(but(asked, facts=then), "Korenaar", "X", Templates()).text
    assert by in first
    assert by in second
    assert again in second
    assert again not in first
    notice = message(language, "final-notice")
    assert by in render_message(but(notice, facts=facts), "Korenaar", "X", Templates()).text


def message(language: str, template: str) -> MessageAsked:
    about = InvoiceSnapshot(
        invoice="F-1",
        amount=money(100),
        open_amount=money(100),
        currency="EUR",
        issued_on=day("2026-01-01"),
        due_on=day("2026-01-31"),
    )
    return MessageAsked(
        on=day("2026-03-02"),
        message="follow-up/D-7/1",
        purpose=Purpose.REMINDER,
        channel=Channel.EMAIL,
        template=template,
        language=language,
        debtor="D-7",
        to=("d-7@debtor.example",),
        about=(about,),
        facts={},
    )


def test_its_own_addresses_come_before_the_settings() -> None:
    settings = Sender("credit@acme.example", "", "answers@acme.example")
    assert sender_of(but(START, name="Korenaar"), settings) == Sender(
        "credit@acme.example", "Korenaar", "answers@acme.example", "Korenaar"
    )
    own = but(START, name="Korenaar", email="debiteuren@korenaar.example")
    assert sender_of(own, settings) == Sender(
        "debiteuren@korenaar.example", "Korenaar", "", "Korenaar"
    )
    paper = Letterhead(Path(), ("Acme",), foot=("KvK 1",))
    assert paper_of(START, paper) == paper
    mine = paper_of(but(START, address="Korenaar\nUtrecht", letter_foot="KvK 2"), paper)
    assert (mine.address, mine.foot) == (("Korenaar", "Utrecht"), ("KvK 2",))


def test_it_is_set_and_shown_on_the_command_line(cli: CliUser) -> None:
    cli("creditor", "set", "--name", "Korenaar B.V.", "--iban", IBAN, "--phone", "030 1").ok()
    shown = cli("creditor", "show", "--json").ok().json
    assert shown["name"] == "Korenaar B.V."
    assert shown["bank_accounts"] == [{"iban": "NL91ABNA0417164300", "name": "", "bic": ""}]
    assert "bank accounts  NL91ABNA0417164300\n" in cli("creditor", "show").ok().out
    cli("creditor", "set", "--iban", "NL00BAD").refused("--iban: NL00BAD is not an IBAN")


@pytest.mark.no_worker
def test_admins_set_it_over_http_and_all_may_read_it(http: HttpClients) -> None:
    given = {"name": "Korenaar B.V.", "bank_accounts": [{"iban": IBAN}]}
    refused(http.collector().post("/creditor", given), 403, "not-allowed")
    answer = http.person(Role.ADMIN).post("/creditor", given)
    assert answer.status_code == 201
    assert http.topics() == ["creditor-described.v1"]
    assert http.collector().get("/creditor").json()["name"] == "Korenaar B.V."
    wrong = {"bank_accounts": [{"iban": "NL00"}]}
    refused(http.person(Role.ADMIN).post("/creditor", wrong), 409, "refused", "/bank_accounts")
