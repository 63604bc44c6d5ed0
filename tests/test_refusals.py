"""Refusals have a code that is theirs alone, and a sentence that their facts fill in."""

import pickle
import re
from collections import defaultdict

from ledger.policy.refusal import NotFound, Refused
from ledger.policy.refusal_texts import TEXTS
from support.refusals import names, raised


def test_every_code_that_is_raised_has_a_text_and_every_text_is_raised() -> None:
    assert len(raised()) > 100
    assert {one.code for one in raised()} == set(TEXTS)


def test_every_refusal_gives_the_facts_of_its_text() -> None:
    wrong = [one for one in raised() if one.facts != names(TEXTS[one.code])]
    assert wrong == []


def test_codes_are_plain_and_one_rule_has_one_code() -> None:
    assert [code for code in TEXTS if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []
    assert len(set(TEXTS.values())) == len(TEXTS)


def test_a_code_says_either_that_it_is_refused_or_that_it_is_not_there() -> None:
    kinds = defaultdict[str, set[str]](set)
    for one in raised():
        kinds[one.code].add(one.kind)
    assert {code: found for code, found in kinds.items() if len(found) > 1} == {}


def test_a_fact_may_hold_braces() -> None:
    assert str(NotFound("no-invoice", invoice="{0}")) == "There is no invoice {0}."


def test_a_refusal_passes_from_process_to_process() -> None:
    there = Refused("above-open", "amount", amount=7)
    here = pickle.loads(pickle.dumps(there))
    assert (str(here), here.code, here.field) == ("Only 7 is open.", "above-open", "amount")
    assert here.facts == {"amount": 7}
