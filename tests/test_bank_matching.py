"""What a bank transaction may be for: proposals, their evidence, and which need no person."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.facts.bank import Adjustment, BankTransactionRecorded, PaidDocument
from ledger.policy.payments.matching import (
    CERTAIN,
    Claim,
    Clues,
    Evidence,
    Proposal,
    certain,
    proposals,
)
from ledger.policy.payments.misspelling import misspelt

DAY = date(2026, 3, 2)
E = Evidence


def claim(invoice: str, amount: str, debtor: str = "D-1", **given: object) -> Claim:
    value = Decimal(amount)
    found = Claim(invoice, debtor, "Bakery", "EUR", value, value, DAY)
    return replace(found, **given)  # type: ignore[arg-type]


def paid(amount: str, remittance: str = "", **given: object) -> BankTransactionRecorded:
    facts = {
        "on": DAY,
        "transaction": "NL91 1",
        "account": "NL91",
        "statement": "S1",
        "file": "0" * 64,
        "place": "1",
        "amount": Decimal(amount),
        "currency": "EUR",
        "booked_on": DAY,
        "remittance": remittance,
    }
    return BankTransactionRecorded(**{**facts, **given})  # type: ignore[arg-type]


def shares(proposal: Proposal | None) -> dict[str, str]:
    assert proposal
    return {share.invoice: str(share.amount) for share in proposal.shares}


A, B = claim("2026-001", "121.00"), claim("2026-002", "60.50", due_on=DAY + timedelta(1))


def test_a_number_with_its_amount_is_certain() -> None:
    found = certain(paid("121.00"), Clues(by_number=(A,)))
    assert shares(found) == {"2026-001": "121.00"}
    assert found
    assert found.evidence == (E.NUMBER, E.AMOUNT)


def test_several_numbers_are_certain_with_their_sum() -> None:
    found = certain(paid("181.50"), Clues(by_number=(A, B)))
    assert shares(found) == {"2026-001": "121.00", "2026-002": "60.50"}


def test_what_is_not_disputed_fits() -> None:
    part = replace(A, undisputed=Decimal("100.00"))
    assert shares(certain(paid("100.00"), Clues(by_number=(part,)))) == {"2026-001": "100.00"}


def test_an_amount_that_does_not_fit_waits() -> None:
    less = proposals(paid("100.00"), Clues(by_reference=(A,)))[0]
    assert not less.is_certain
    assert less.evidence == (E.REFERENCE, E.PART)
    more = proposals(paid("130.00"), Clues(by_reference=(A,)))[0]
    assert not more.is_certain
    assert (more.rest, more.evidence) == (Decimal("9.00"), (E.REFERENCE, E.MORE))


def test_a_deduction_that_the_payer_states_is_certain() -> None:
    kept = PaidDocument("2026-001", None, (Adjustment(Decimal("-21.00"), "FTDT", "10% off"),))
    found = certain(paid("100.00", documents=(kept,)), Clues(by_number=(A,)))
    assert found
    assert found.evidence == (E.NUMBER, E.DISCOUNT)
    assert shares(found) == {"2026-001": "100.00"}


def test_amounts_that_the_payer_states_are_taken() -> None:
    stated = (PaidDocument("2026-001", Decimal(100)), PaidDocument("2026002", Decimal("60.50")))
    found = certain(paid("160.50", documents=stated), Clues(by_number=(A, B)))
    assert shares(found) == {"2026-001": "100", "2026-002": "60.50"}


@pytest.mark.parametrize("known_by", [E.NAME, E.CUSTOMER])
def test_a_name_alone_is_never_certain(known_by: Evidence) -> None:
    clues = Clues(payers={"D-1": known_by}, of_payers=(A, B))
    best = proposals(paid("121.00"), clues)[0]
    assert shares(best) == {"2026-001": "121.00"}
    assert not best.is_certain


def test_a_known_account_is_certain_with_the_only_open_amount() -> None:
    clues = Clues(payers={"D-1": E.ACCOUNT}, of_payers=(A, B))
    assert shares(certain(paid("60.50"), clues)) == {"2026-002": "60.50"}
    twice = Clues(payers={"D-1": E.ACCOUNT}, of_payers=(A, B, claim("2026-003", "60.50")))
    assert certain(paid("60.50"), twice) is None, "two invoices have that amount"


def test_a_number_that_contradicts_is_never_overruled() -> None:
    other = claim("2026-009", "500.00", debtor="D-2")
    clues = Clues(by_number=(other,), payers={"D-1": E.ACCOUNT}, of_payers=(A, B))
    assert certain(paid("60.50"), clues) is None
    assert shares(proposals(paid("60.50"), clues)[0]) == {"2026-009": "60.50"}
    unknown = Clues(payers={"D-1": E.ACCOUNT}, of_payers=(A, B), unknown=("RF18539007547034",))
    assert certain(paid("60.50"), unknown) is None
    settled = Clues(payers={"D-1": E.ACCOUNT}, of_payers=(A, B), settled=("2026-000",))
    assert certain(paid("60.50"), settled) is None, "it may be paid twice"


def test_a_typing_error_is_proposed_and_waits() -> None:
    clues = Clues(by_amount=(A,))
    [best, *_] = proposals(paid("121.00", "inv 2026-010"), clues)
    assert best.evidence == (E.TYPING, E.AMOUNT)
    assert not best.is_certain


def test_two_that_are_certain_wait_for_a_person() -> None:
    clues = Clues(
        payers={"D-1": E.ACCOUNT, "D-2": E.ACCOUNT}, of_payers=(A, claim("X", "121.00", "D-2"))
    )
    assert certain(paid("121.00"), clues) is None
    assert E.SEVERAL in proposals(paid("121.00"), clues)[0].evidence


def test_what_was_not_understood_wholly_waits() -> None:
    clues = Clues(by_number=(A,))
    assert certain(paid("121.00", trouble="The parts do not add up."), clues) is None


def test_another_currency_and_money_out_are_for_nothing() -> None:
    assert proposals(paid("121.00", currency="USD"), Clues(by_number=(A,))) == []
    assert proposals(paid("-121.00"), Clues(by_number=(A,))) == []


def test_invoices_of_two_debtors_wait() -> None:
    other = claim("2026-009", "60.50", debtor="D-2")
    assert certain(paid("181.50"), Clues(by_number=(A, other))) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("factuur 2026-010", True),  # changed
        ("factuur 2026-01", True),  # left out
        ("factuur 2026-0011", True),  # added
        ("factuur 2062-001", True),  # swapped
        ("factuur 2026-001", False),  # the number itself
        ("factuur 2027-010", False),  # two changes
        ("", False),
    ],
)
def test_a_number_but_for_one_character(text: str, found: bool) -> None:
    assert misspelt(["2026-001"], text) == ({"2026-001"} if found else set())


amounts = st.decimals("0.01", "9999.99", places=2)
claims_of_three = st.lists(amounts, min_size=1, max_size=6).map(
    lambda each: tuple(
        claim(f"2026-{n:03}", str(amount), f"D-{n % 3}") for n, amount in enumerate(each)
    )
)


@given(claims_of_three, amounts, st.data())
@settings(max_examples=200)
def test_a_proposal_never_gives_more_than_came_or_is_open(
    open_ones: tuple[Claim, ...], amount: Decimal, data: st.DataObject
) -> None:
    some = st.lists(st.sampled_from(open_ones), unique=True).map(tuple)
    named = data.draw(some)
    payers = {c.debtor: data.draw(st.sampled_from([E.ACCOUNT, E.NAME])) for c in data.draw(some)}
    same = tuple(c for c in open_ones if c.open_amount == amount)
    clues = Clues(by_number=named, payers=payers, of_payers=open_ones, by_amount=same)
    rest = {c.invoice: c.open_amount for c in open_ones}
    found = proposals(paid(str(amount)), clues)
    assert sum(proposal.is_certain for proposal in found) <= 1
    for proposal in found:
        assert proposal.rest >= 0
        assert sum((s.amount for s in proposal.shares), proposal.rest) == amount
        assert all(0 < share.amount <= rest[share.invoice] for share in proposal.shares)
        if proposal.score >= CERTAIN:
            assert proposal.rest == 0
            assert all(share.amount == rest[share.invoice] for share in proposal.shares)
            assert {c.invoice for c in named} in (
                {share.invoice for share in proposal.shares},
                set(),
            ), "what the payer names is never overruled"
