"""The closed lists, against the documents they come from."""

from commands import COMMANDS
from ledger.facts.books import KINDS
from ledger.facts.codes import Reason
from ledger.facts.entry import Event
from ledger.policy.payments.reason_codes import CROSSWALK

# shared/reference/codes-and-formats.md, 5.4; of several codes in a cell, the first is ours
TABLE = """
price                  | PRI | 5       | 01
discount               | PRI | 56      | 24 / 43
quantity_short         | QTY | 4       | 06
not_delivered          | DEL | 32      | 42
late_delivery          | DEL | 33 / 20 | 41
wrong_item             | ITM | 14      | 07
damaged                | QUA | 3 / 17  | 04
quality_or_service     | QUA | 2       | 05 / 38
returned_goods         | DEL | 35      | 11 / 15
missing_reference      | REF | 10E     | 17
invoice_not_received   | OTH | 36      | 44
wrong_party_or_address | REC | 12E     | 40
tax_or_legal           | LEG | 26      | 55
calculation            | OTH | 9       | 03
duplicate              | OTH | 9       | 19
not_ordered            | UNR | ZZZ     | 18
payment_terms          | PAY | 31 / 64 | 09
already_paid           | OTH | 30      | ZZ
counter_claim          | OTH | 13      | ZZ
proof_required         | OTH | 6       | 44
other                  | OTH | ZZZ     | ZZ
"""


def test_reasons_cross_to_the_three_standards() -> None:
    rows = [[cell.strip() for cell in row.split("|")] for row in TABLE.strip().splitlines()]
    expected = {ours: tuple(cell.split()[0] for cell in theirs) for ours, *theirs in rows}
    assert {reason.value: tuple(codes) for reason, codes in CROSSWALK.items()} == expected


def test_every_reason_has_its_codes() -> None:
    assert set(CROSSWALK) == set(Reason)


def test_being_unable_to_pay_is_no_dispute() -> None:
    assert not any("unable" in reason or "inability" in reason for reason in Reason)


def test_the_registry_holds_the_events_of_the_kinds_of_book_and_no_others() -> None:
    ours = {kind for kind in Event.by_topic.values() if kind.__module__.startswith("ledger.")}
    missing = ours ^ set(KINDS)
    assert missing == set(), "add the union of the event to its kind in src/ledger/facts/books.py"


def test_topics_are_named_after_their_events_and_versioned() -> None:
    for topic, kind in Event.by_topic.items():
        name, version = topic.rsplit(".v", 1)
        assert name.replace("-", "") == kind.__name__.lower()
        assert version.isdecimal()


def test_every_command_has_a_verb_of_its_own() -> None:
    assert len(COMMANDS) == len(set(COMMANDS.values())) == 63
    assert "open-dispute" in COMMANDS
