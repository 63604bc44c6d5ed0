"""A payment names its invoice by a structured reference, however the payer writes it."""

from string import ascii_lowercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import iso11649
from stdnum.be import ogm_vcs
from stdnum.ch import esr

from ledger.facts.creditor import BankAccount
from ledger.policy.payments.references import (
    ReferenceKind,
    find_references,
    kind_for,
    kind_of,
    reference_for,
    written,
)

DUTCH = BankAccount("NL91ABNA0417164300")
BELGIAN = BankAccount("BE68539007547034")
SWISS = BankAccount("CH9300762011623852957")
QR_ACCOUNT = BankAccount("CH4431999123000889012")
ACCOUNTS = st.sampled_from((DUTCH, BELGIAN, SWISS, QR_ACCOUNT))
NUMBERS = st.one_of(
    st.text(min_size=1, max_size=40).filter(str.strip),
    st.text("0123456789", min_size=1, max_size=30),
    st.from_regex(r"[A-Z]{0,3}[-/. ]?20\d\d[-/.]?\d{1,6}", fullmatch=True),
)
NO_SEPARATORS = str.maketrans("", "", "-/.")
BETWEEN = st.sampled_from(("", " ", "  ", "/", ".", "-", " / ", "\n", "+"))


@pytest.mark.parametrize(
    ("number", "account", "reference", "on_paper"),
    [
        ("20260017", DUTCH, "RF8420260017", "RF84 2026 0017"),
        ("INV-2026-0017", DUTCH, "RF80INVX2026X0017", "RF80 INVX 2026 X001 7"),
        ("INV-2026-0017", SWISS, "RF80INVX2026X0017", "RF80 INVX 2026 X001 7"),
        ("factuur 12", DUTCH, "RF056OAX4DMUNAND", "RF05 6OAX 4DMU NAND"),
        ("2026-0017", BELGIAN, "002026001715", "+++002/0260/01715+++"),
        ("INV-2026-0017", BELGIAN, "RF80INVX2026X0017", "RF80 INVX 2026 X001 7"),
        (
            "2026-0017",
            QR_ACCOUNT,
            "000000000000000000202600179",
            "00 00000 00000 00000 02026 00179",
        ),
        (
            "INV-2026-0017",
            QR_ACCOUNT,
            "110067027863785574049729273",
            "11 00670 27863 78557 40497 29273",
        ),
    ],
)
def test_invoices_have_the_reference_that_the_account_asks_for(
    number: str, account: BankAccount, reference: str, on_paper: str
) -> None:
    assert reference_for(number, account) == reference
    assert written(reference) == on_paper


@pytest.mark.parametrize(
    ("published", "kind"),
    [
        ("RF18539007547034", ReferenceKind.CREDITOR),  # ISO 11649
        ("090933755493", ReferenceKind.BELGIAN),
        ("210000000003139471430009017", ReferenceKind.SWISS),  # Swiss Payment Standards
    ],
)
def test_the_published_examples_are_valid(published: str, kind: ReferenceKind) -> None:
    assert kind_of(published) == kind
    assert find_references(written(published)) == (published,)


@given(NUMBERS, ACCOUNTS)
def test_another_implementation_finds_them_valid(number: str, account: BankAccount) -> None:
    reference = reference_for(number, account)
    kinds = {
        ReferenceKind.CREDITOR: iso11649,
        ReferenceKind.BELGIAN: ogm_vcs,
        ReferenceKind.SWISS: esr,
    }
    kind = kind_of(reference)
    assert kind
    assert kinds[kind].validate(reference)


@given(NUMBERS, NUMBERS, ACCOUNTS)
def test_two_numbers_never_share_a_reference(one: str, other: str, account: BankAccount) -> None:
    assume(one != other)
    if kind_for(account) is not ReferenceKind.CREDITOR:  # which leaves out what follows a year
        assume(one.translate(NO_SEPARATORS) != other.translate(NO_SEPARATORS))
    assert reference_for(one, account) != reference_for(other, account)


def test_numbers_that_differ_only_in_where_they_are_divided_are_told_apart() -> None:
    numbers = ("2026-1-11", "2026-11-1", "2026111", "2026/1/11", "2026 1 11", "2026X1X11")
    assert len({reference_for(number, DUTCH) for number in numbers}) == len(numbers)


@given(NUMBERS, ACCOUNTS, st.data())
def test_a_reference_is_found_however_it_is_written(
    number: str, account: BankAccount, data: st.DataObject
) -> None:
    reference = reference_for(number, account)
    head = 4 if reference.startswith("RF") else 1
    parts, rest = [reference[:head]], reference[head:]
    while rest:
        size = data.draw(st.integers(1, len(rest)), "size of the next part")
        parts, rest = [*parts, data.draw(BETWEEN), rest[:size]], rest[size:]
    text = f"Betaling: {''.join(parts)}, dank."
    assert reference in find_references(data.draw(st.sampled_from((text, text.lower()))))


@given(NUMBERS, ACCOUNTS)
def test_a_reference_is_found_as_it_is_printed(number: str, account: BankAccount) -> None:
    reference = reference_for(number, account)
    assert reference in find_references(f"Ref {written(reference)} van 3 mei\nwith thanks")


@given(NUMBERS, ACCOUNTS, st.data())
def test_a_mistyped_digit_is_noticed(
    number: str, account: BankAccount, data: st.DataObject
) -> None:
    reference = reference_for(number, account)
    places = [at for at, sign in enumerate(reference) if sign.isdigit()]
    at = data.draw(st.sampled_from(places), "place")
    other = data.draw(st.sampled_from("0123456789").filter(lambda sign: sign != reference[at]))
    assert find_references(reference[:at] + other + reference[at + 1 :]) == ()


@given(st.text("RF0123456789 /+-\n" + ascii_lowercase, max_size=80))
def test_what_is_found_stands_in_the_text_and_is_valid(text: str) -> None:
    plain = "".join(filter(str.isalnum, text.upper()))
    for found in find_references(text):
        assert found in plain
        assert kind_of(found)


def test_an_account_is_no_reference_though_its_check_digits_are_those_of_one() -> None:
    assert kind_of("539007547034") is ReferenceKind.BELGIAN
    for account in ("BE68 5390 0754 7034", "be68539007547034", "539-0075470-34"):
        assert find_references(f"Rekening {account}, dank u") == ()


def test_several_are_found_in_their_order() -> None:
    text = "Facturen +++002/0260/01715+++ en rf84 2026 0017; RF80INVX2026X0017"
    assert find_references(text) == ("002026001715", "RF8420260017", "RF80INVX2026X0017")
