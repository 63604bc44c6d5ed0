"""Search by starts of words in numbers and names: what is found, by whom, and in lists."""

import pytest

from commands.disputes.opening import OpenDispute
from commands.payments.payments import IssueCreditNote, ReceivePayment
from ledger.facts.codes import Reason
from ledger.policy.normalise import search_words, word_starts
from projections import matching
from support.cli import CliUser
from support.creditor import debtor, invoice
from support.examples import CASE
from support.two_units import TwoUnits


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("2026-0047", ("20260047", "0047", "47")),
        ("INV2026", ("inv2026", "2026")),
        ("Café Møller & Söhne B.V.", ("cafemollersohnebv", "mollersohnebv", "sohnebv", "bv")),
        ("Straße 5", ("strasse5", "5")),
        ("D-7", ("d7", "7")),
        ("--", ()),
    ],
)
def test_a_text_is_found_by_the_starts_of_its_words(text: str, starts: tuple[str, ...]) -> None:
    found = word_starts(text)
    assert set(starts) <= set(found)
    assert all(any(start.startswith(word) for start in found) for word in search_words(text))


def test_words_are_folded_and_asked_once() -> None:
    assert search_words(" Jans  B.V. jans 2026-03 ") == ("jans", "bv", "202603")


@pytest.fixture(params=[2_000, 1], ids=["rare words", "common words"])
def found_in(
    request: pytest.FixtureRequest, two_units: TwoUnits, monkeypatch: pytest.MonkeyPatch
) -> TwoUnits:
    """Debtors with names; both ways of looking for a word are tried."""
    monkeypatch.setattr(matching, "COMMON", request.param)
    two_units.execute(
        debtor("D-8", name="Bäckerei Jansen B.V."),
        debtor("D-20", name="Møller Janssen GmbH"),
        invoice("2026-0047", business_unit="north", debtor="D-8", purchase_order="PO/88-1"),
        invoice("2026-0048", business_unit="south", debtor="D-20"),
        invoice("X-9", business_unit="south", debtor="U-5"),
        OpenDispute(invoice="2026-0048", reason=Reason.PRICE, comment="Less."),
        ReceivePayment(invoice="2026-0047", reference="BANK-7731", amount=1),
        IssueCreditNote(invoice="2026-0048", credit_note="CN-551", amount=1),
    )
    return two_units


def hits(two_units: TwoUnits, q: str, who: str = "anna") -> list[tuple[str, str]]:
    rows = two_units.get(who, f"/search?q={q}")
    return [(row["kind"], row["number"]) for row in rows]


def test_every_word_begins_a_word_of_a_number_a_reference_or_the_name(found_in: TwoUnits) -> None:
    both = [("invoice", "2026-0047"), ("invoice", "N-2")]
    assert hits(found_in, "backerei") == [("debtor", "D-8"), *both]
    assert hits(found_in, "jans bv") == [("debtor", "D-8"), *both]
    assert hits(found_in, "BV JANSEN") == hits(found_in, "jansen b.v.")
    mixed = hits(found_in, "jans 47")  # common words are not sought in two places
    assert mixed == ([] if matching.COMMON == 1 else [("invoice", "2026-0047")])
    assert hits(found_in, "moller") == [
        ("debtor", "D-20"),
        ("invoice", "2026-0048"),
        ("dispute", "2026-0048"),
    ]
    assert hits(found_in, "2026-004") == [
        ("invoice", "2026-0047"),
        ("invoice", "2026-0048"),
        ("dispute", "2026-0048"),
    ]
    assert hits(found_in, "88-1") == hits(found_in, "po") == [("invoice", "2026-0047")]
    assert hits(found_in, "7731") == [("invoice", "2026-0047")]
    assert ("invoice", "2026-0048") in hits(found_in, "cn551")
    assert hits(found_in, str(CASE)) == [("invoice", "N-1"), ("dispute", "N-1")]
    assert hits(found_in, "u-5") == [("invoice", "X-9")]  # a debtor without a book
    for nothing in ("ansen", "jans 48x", "--", "jansen moller"):
        assert hits(found_in, nothing) == [], nothing


def test_a_hit_says_what_it_is(found_in: TwoUnits) -> None:
    [row] = found_in.get("anna", "/search?q=2026-0047")
    assert row["debtor_name"] == "Bäckerei Jansen B.V."
    assert (row["kind"], row["status"], row["currency"]) == ("invoice", "open", "EUR")


def test_what_a_key_may_not_see_is_not_found(found_in: TwoUnits) -> None:
    assert hits(found_in, "2026", "nora") == [("invoice", "2026-0047")]
    assert hits(found_in, "moller", "nora") == []
    assert hits(found_in, "backerei jansen", "nora")[0] == ("debtor", "D-8")
    assert hits(found_in, "n-", "sam") == [("invoice", "N-1"), ("dispute", "N-1")]
    assert hits(found_in, "jansen", "zoe") == []
    assert hits(found_in, "h", "agency") == [("invoice", "H-1")]
    assert hits(found_in, "2026", "neighbour") == []


def test_lists_search_as_search_does(found_in: TwoUnits) -> None:
    def numbers(path: str, name: str) -> list[str]:
        return [row[name] for row in found_in.get("anna", path)]

    assert numbers("/invoices?q=jans bv", "number") == ["2026-0047", "N-2"]
    assert numbers("/invoices?q=jans bv&limit=1", "number") == ["2026-0047"]
    assert numbers("/disputes?q=moller", "invoice") == ["2026-0048"]
    assert numbers("/debtors?q=jans bv", "debtor") == ["D-8"]
    assert numbers("/debtors?q=u-5", "debtor") == ["U-5"]
    due = {(row["invoice"], row["debtor"]) for row in found_in.get("anna", "/agenda?on=2026-12-01")}
    wanted = {row for row in due if row[1] == "D-8"}
    assert wanted
    some = found_in.get("anna", "/agenda?on=2026-12-01&q=jans bv")
    assert {(row["invoice"], row["debtor"]) for row in some} == wanted
    assert found_in.get("anna", "/agenda?on=2026-12-01&q=zzz") == []


def test_the_words_follow_a_correction(found_in: TwoUnits) -> None:
    found_in.people["anna"].record(
        "/debtors/D-8/corrections", {"name": "Vishandel de Boer", "why": "Sold."}
    )
    found_in.catch_up()
    assert hits(found_in, "backerei") == []
    assert hits(found_in, "vishandel boer")[0] == ("debtor", "D-8")


def test_a_search_without_words_is_refused(two_units: TwoUnits) -> None:
    assert two_units.status("anna", "/search") == 422
    assert two_units.status("anna", "/search?q=%20") == 422


def test_the_command_line_searches_too(cli: CliUser) -> None:
    cli.record("register-debtor", debtor="D-7", name="Bakkerij Jansen BV").ok()
    cli.record("register-invoice", invoice="A-1", debtor="D-7", amount="10", due_on="2026-03-01")
    found = cli("search", "jans", "bv", "--json").ok().json
    assert [(row["kind"], row["number"]) for row in found] == [
        ("debtor", "D-7"),
        ("invoice", "A-1"),
    ]
    assert "Bakkerij Jansen BV" in cli("search", "bakk").ok().out
    assert [row["number"] for row in cli("invoices", "--search", "jan", "--json").ok().json] == [
        "A-1"
    ]
    assert cli("invoices", "--search", "piet", "--json").ok().json == []
    assert cli("debtors", "--search", "jan", "--json").ok().json
    assert cli("agenda", "--search", "jan", "--json").ok().json
    assert cli("disputes", "--search", "jan", "--json").ok().json == []
