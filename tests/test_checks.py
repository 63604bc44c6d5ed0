"""Before an invoice goes out: what is missing or looks wrong is told and flagged, never refused."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as but

from api.http.auth.keys import Role
from api.postman.email.compose import _usable as usable
from commands.debtors.money import ReceiveMoney
from commands.debtors.registration import CorrectDebtor, RecordCreditCheck, RegisterDebtor
from commands.follow_up.tasks import CompleteDebtorTask, PostponeDebtorTask
from commands.invoices.registration import CancelInvoice
from ledger.facts import debtor_events as dev
from ledger.facts.books import INVOICE
from ledger.facts.codes import DATA_ITEM, TaskKind
from ledger.policy.anomalies import Flag
from ledger.policy.refusal import Refused
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.validation import is_valid_email, is_valid_iban, is_valid_vat_id
from projections.explain.checks import check_invoice
from support.cli import CliUser
from support.creditor import Creditor, debtor, invoice
from support.examples import BANK, DEB, NOW, known, money, pay, registered, written
from support.given import day, given
from support.http_clients import open_http

GOOD = but(known, address="Mill Street 1, 3511 AB Utrecht")
unreached = but(known, email=None)
credit = dev.CreditChecked(
    on=NOW, result="rated B", limit=money(500), currency="EUR", source="Broker"
)


def found(*of_debtor: Any, alike: Any = (), owed: int = 100, of: Any = registered) -> list[str]:
    told = check_invoice(given(of).becomes(), given(*of_debtor).becomes(), alike, money(owed))
    return [one.what for one in told.findings]


def test_all_is_well() -> None:
    assert found(GOOD, credit) == []


def test_where_it_goes() -> None:
    assert found(but(GOOD, email=None), credit) == ["contact"]
    assert found(but(GOOD, address=None), credit) == ["contact"]
    told = check_invoice(
        given(registered).becomes(), given(unreached, credit).becomes(), (), money(1)
    )
    [one] = told.findings
    assert one.then == "nothing can be sent: the agenda has a task to complete it"
    assert found(GOOD, credit, of=but(registered, debtor="")) == ["debtor"]


@pytest.mark.parametrize(
    ("detail", "what"),
    [
        ({"email": "info at bakery"}, "e-mail"),
        ({"email": "a@b"}, "e-mail"),
        ({"address": "Utrecht"}, "address"),
        ({"address": "Mill Street, Utrecht"}, "address"),
        ({"address": "Mill Street 1, Utrecht", "country": "NL"}, "address"),
        ({"address": "1 Mill Street, Leeds", "country": "GB"}, "address"),
        ({"vat_id": "NL123"}, "VAT number"),
    ],
)
def test_details_that_cannot_be(detail: dict[str, str], what: str) -> None:
    assert found(but(GOOD, **detail), credit) == [what]


@pytest.mark.parametrize(
    ("country", "address"),
    [
        ("NL", "Kade 1, 3511ab Utrecht"),
        ("GB", "1 Mill Street, Leeds LS1 4AP"),
        ("DE", "Mühlweg 3\n53225 Bonn"),
        ("IE", "1 Mill Street, Cork"),  # needs none
        ("XX", "Mill Street 1, Utrecht"),  # of no country
        (None, "Mill Street 1, Utrecht"),
    ],
)
def test_addresses_that_may_be(country: str | None, address: str) -> None:
    assert found(but(GOOD, country=country, address=address), credit) == []


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ("a.b+c@mail.bakery.example", True),
        ("a@b", False),
        ("a@b.", False),
        ("a@.b", False),
        ("a@b@c.example", False),
        ("a b@c.example", False),
        (" a@c.example", False),
        ("(a)@c.example", False),
        ("a@c.example, d@c.example", False),
        ("Jan <a@c.example>", False),
        ("jörg@c.example", False),
    ],
)
def test_an_email_address_that_fits_is_one_that_the_postman_can_write(
    told: str, fits: bool
) -> None:
    assert is_valid_email(told) is fits
    assert not fits or usable([told]) == [told]


def test_what_is_odd_is_on_the_agenda_with_what_follows() -> None:
    wrong = but(GOOD, email="info at bakery", country="NL", address="Kade 1, Utrecht")
    [task] = debtor_tasks(given(wrong).becomes())
    assert (task.action, task.why) == (
        TaskKind.COMPLETE_DATA,
        [
            "'info at bakery' is no e-mail address: no mail is sent to it",
            "'Kade 1, Utrecht' has no postal code of NL, such as 1234 AB: a letter may come back",
        ],
    )
    [task] = tasks_for(given(but(registered, debtor="")).becomes())
    assert "the invoice names no debtor: nothing is sent automatically" in task.why


def test_credit() -> None:
    assert found(GOOD) == ["credit check"]
    assert found(GOOD, credit, owed=500) == []
    assert found(GOOD, credit, owed=501) == ["credit limit"]
    assert found(GOOD, but(credit, limit=None), owed=501) == []
    assert found(GOOD, but(credit, currency="USD"), owed=501) == []


def test_the_last_credit_check_counts() -> None:
    assert found(GOOD, but(credit, limit=money(1)), credit) == []


def test_twice() -> None:
    assert found(GOOD, credit, alike=["F-2"]) == ["duplicate"]


def test_a_credit_check_is_a_fact_of_the_debtor() -> None:
    wish = RecordCreditCheck(debtor=DEB, result="rated B", limit=money(500), source="Broker")
    given(known).when(wish).then(credit)
    wish = RecordCreditCheck(debtor=DEB, result="ok", limit=money("0.001"))
    given(known).when(wish).refused(Refused, "decimals of EUR", "limit")


@pytest.mark.parametrize(
    "told", ["NL000000000B01", "nl 0000.00000.B01", "BE0123456789", "DE123456789", "EL123456789"]
)
def test_vat_numbers(told: str) -> None:
    assert is_valid_vat_id(told)
    assert is_valid_vat_id("CHE123456789")  # of a country we have no rule for


@pytest.mark.parametrize("told", ["", "NL1", "123", "DE12345678", "NL00000000٣B01", "BE9123456789"])
def test_what_is_no_vat_number(told: str) -> None:
    assert not is_valid_vat_id(told)


def test_ibans() -> None:
    assert is_valid_iban(BANK)
    assert is_valid_iban("GB82 WEST 1234 5698 7654 32")
    assert not is_valid_iban("NL91ABNA0417164301")
    assert not is_valid_iban("ABNA0417164300")
    assert not is_valid_iban("")


def test_odd_numbers_are_recorded_and_flagged() -> None:
    def flags(past: Any, wish: Any) -> list[set[str]]:
        return [set(entry.flags) for entry in written(given(*past), wish)]

    odd = RegisterDebtor(debtor=DEB, name="Bakery", vat_id="NL1")
    assert flags((), odd) == [{Flag.ODD_VAT_ID}]
    assert flags((known,), CorrectDebtor(debtor=DEB, why="x", vat_id="1")) == [{Flag.ODD_VAT_ID}]
    assert flags((known,), CorrectDebtor(debtor=DEB, why="x", phone="1")) == [set()]
    assert flags((registered,), pay(10, payer_iban="NL00")) == [{Flag.ODD_IBAN}]
    assert flags((registered,), pay(10, payer_iban=BANK)) == [set()]
    wish = ReceiveMoney(debtor=DEB, reference="B", amount=money(1), payer_iban="NL00")
    assert flags((known,), wish) == [{Flag.ODD_IBAN}]


def test_what_is_missing_is_on_the_agenda_until_it_is_there() -> None:
    [task] = debtor_tasks(given(unreached).becomes())
    assert (task.action, task.on) == (TaskKind.COMPLETE_DATA, known.on)
    for detail in ({"email": "a@b.nl"}, {"address": "Kade 1, Utrecht"}):
        corrected = but(dev.DebtorCorrected(on=NOW, why="Found."), **detail)
        assert debtor_tasks(given(unreached, corrected).becomes()) == []
    done = CompleteDebtorTask(debtor=DEB, item=DATA_ITEM)
    given(unreached).when(done).refused(Refused, "correct-debtor")


def test_it_may_wait() -> None:
    wish = PostponeDebtorTask(debtor=DEB, item=DATA_ITEM, until=day("2026-03-09"), why="Asked.")
    [postponed] = given(unreached).when(wish).decided()
    [task] = debtor_tasks(given(unreached, postponed).becomes())
    assert task.on == day("2026-03-09")


def test_a_payment_of_that_name_is_no_second_item() -> None:
    odd = dev.MoneyReceived(on=NOW, reference=DATA_ITEM, amount=money(1), currency="EUR")
    assert [task.action for task in debtor_tasks(given(unreached, odd).becomes())] == [
        TaskKind.ALLOCATE_MONEY
    ]


@pytest.fixture
def six_invoices(creditor: Creditor) -> None:
    """F-1, what is like it and what is not; D-7 has a credit limit of 400."""
    again = invoice("F-2", purchase_order="PO-1")
    other_day = again.model_copy(update={"invoice": "F-3", "on": day("2026-02-05")})
    other_sum = invoice("F-4", 101)
    other_debtor = invoice("F-5", debtor="D-8")
    gone = invoice("F-6")
    creditor.execute(debtor(), invoice("F-1"), again, other_day, other_sum, other_debtor, gone)
    creditor.execute(CancelInvoice(invoice="F-6", why="Typed twice."))
    creditor.execute(RecordCreditCheck(debtor="D-7", result="rated B", limit=money(400)))


@pytest.mark.usefixtures("six_invoices")
def test_on_the_command_line(creditor: Creditor, database: str) -> None:
    cli = CliUser(database)
    told = cli("check", "F-2", "--json").ok().json
    assert {one["what"]: one["found"] for one in told["findings"]} == {
        "contact": "no address of D-7 is known",
        "credit limit": "D-7 owes EUR 401.00; the credit limit of 2026-03-02 is 400.00: rated B",
        "duplicate": "same debtor and amount, and same date or order: F-1, F-3",
    }
    assert "F-1, F-3" in cli("check", "F-2").ok().out
    twice = cli("check", "F-3", "--json").ok().json["findings"][-1]
    assert twice["found"].endswith(": F-2")
    assert cli("check", "F-5", "--json").ok().json["findings"][0]["what"] == "contact"
    cli("check", "F-9").refused("no invoice F-9")


@pytest.mark.usefixtures("six_invoices")
def test_over_http(creditor: Creditor, database: str) -> None:
    with open_http(database, with_worker=False) as made, creditor.reading():
        anna = made.collector()
        found = anna.get("/invoices/F-2/checks").json()["findings"]
        assert [one["what"] for one in found] == ["contact", "credit limit", "duplicate"]
        north = made.collector(business_units=["north"])
        assert north.get("/invoices/F-2/checks").status_code == 404
        assert made.person(Role.AUDITOR).get("/invoices/F-1/checks").status_code == 200
        anna.record("/debtors/D-7/credit-checks", {"result": "fine", "limit": "5000.00"})
        found = anna.get("/invoices/F-2/checks").json()["findings"]
        assert [one["what"] for one in found] == ["contact", "duplicate"]


def flags_of(creditor: Creditor, number: str) -> set[str]:
    ledger = creditor.ledger
    [first, *_] = ledger.history(ledger.id_of(INVOICE, number))
    return set(first.flags)


@pytest.mark.usefixtures("six_invoices")
def test_a_registration_is_flagged_by_what_other_books_say(
    creditor: Creditor, database: str
) -> None:
    """Over HTTP and by hand; F-1 to F-6 of D-7 are 401 open, and his limit is 400."""
    with creditor.reading():
        pass
    cli = CliUser(database)
    told = ("--due-on", "2026-02-28", "--on", "2026-02-01")
    register = ("record", "register-invoice", *told)
    said = cli(*register, "--invoice", "R-1", "--debtor", "D-7", "--amount", "100").ok()
    assert "(looks odd: likely_duplicate, over_credit_limit)" in said.out
    cli(*register, "--invoice", "R-2", "--debtor", "D-9", "--amount", "100").ok()
    with open_http(database, with_worker=False) as made:
        plain = {"on": "2026-02-01", "due_on": "2026-02-28", "amount": "33.00"}
        made.collector().record("/invoices", plain | {"invoice": "H-1", "debtor": "D-7"})
        order = {"purchase_order": "PO-1", "amount": "100.00", "on": "2026-02-11"}
        made.collector().record("/invoices", plain | order | {"invoice": "H-2", "debtor": "D-7"})
        usd = plain | {"currency": "USD", "invoice": "H-3", "debtor": "D-7"}
        made.collector().record("/invoices", usd)
    assert flags_of(creditor, "R-2") == set()
    assert flags_of(creditor, "H-1") == {"over_credit_limit"}
    assert flags_of(creditor, "H-2") == {"over_credit_limit", "likely_duplicate"}
    assert flags_of(creditor, "H-3") == set()


@pytest.mark.usefixtures("six_invoices")
def test_an_import_is_flagged_by_what_it_brought_itself(
    creditor: Creditor, database: str, tmp_path: Path
) -> None:
    with creditor.reading():
        pass
    creditor.execute(debtor("D-8"), RecordCreditCheck(debtor="D-8", result="B", limit=money(300)))
    lines = ["No,Customer,Open,Issued,Due"]
    lines += [f"I-{n},D-8,{100 + n % 3},2026-02-01,2026-02-28" for n in range(5)]
    lines += ["I-9,D-7,100,2026-02-01,2026-02-28", "I-8,D-10,100,2026-02-01,2026-02-28"]
    file = tmp_path / "open.csv"
    file.write_text("\n".join(lines))
    columns = ("invoice=No", "debtor=Customer", "open_amount=Open", "issued=Issued", "due=Due")
    maps = [part for column in columns for part in ("--map", column)]
    CliUser(database)("import", file, "--format", "open-items", *maps).ok()
    assert [flags_of(creditor, f"I-{n}") for n in range(5)] == [
        {"likely_duplicate"},  # of F-5, which is his too
        {"over_credit_limit"},
        {"over_credit_limit"},
        {"over_credit_limit", "likely_duplicate"},
        {"over_credit_limit", "likely_duplicate"},
    ]
    assert flags_of(creditor, "I-9") == {"likely_duplicate", "over_credit_limit"}
    assert flags_of(creditor, "I-8") == set()
