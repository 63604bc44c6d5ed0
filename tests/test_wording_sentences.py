"""Concepts with a meaning of their own: what is denied, settled, asked or conditional."""

import pytest

from ledger.facts.codes import Reason
from ledger.facts.playbook_rules import DisputePhrases
from ledger.policy.disputes.detection import detect

WORDING = {
    "en": DisputePhrases(
        concepts={
            "the": ("the", "a"),
            "not": ("not", "no", "can't"),
            "broken": ("broken",),
            "harm": ("complaint*", "broken"),
            "settled": ("replaced", "no bother"),
            "but": ("but",),
            "still": ("still",),
            "open": ("must",),
            "soon": ("can",),
            "doubt": ("why",),
            "if": ("if",),
            "if_first": ("should",),
            "until": ("only if",),
            "day": ("may",),
            "came": ("came",),
        },
    )
}
TOGETHER = {
    Reason.DAMAGED: ("broken - soon",),
    Reason.NOT_DELIVERED: ("thing + not came - soon",),
    Reason.QUANTITY_SHORT: ("figure + figure",),
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lamp is broken", "broken"),
        ("No complaint, it came", None),
        ("There is no broken lamp", None),  # denied
        ("The broken lamp was replaced", None),  # settled
        ("The broken lamp was replaced, but it still is", "broken"),
        ("The broken lamp was not replaced", "broken"),
        ("The broken lamp must be replaced", "broken"),
        ("The lamp came broken, no bother", None),
        ("The broken lamp was replaced but", None),  # no but: nothing comes after it
        ("Is the lamp broken?", None),  # it asks for something
        ("Why is the lamp broken?", "broken"),
        ("The lamp is broken, and you?", "broken"),
        ("Should the lamp come broken, I call", None),
        ("It is broken only if it is hot", "broken"),
        ("Only if it is broken", "broken"),
        ("The gizmo has not come nor came", "gizmo + not + came"),  # a thing that no concept knows
        ("The broken one can wait", None),
        ("I can't use the broken one", "broken"),  # can't is no can
        ("9 lamps, 10 chairs", "9 + 10"),
        ("9 may, 10 may", None),  # dates
        ("in 2024, or 2025", None),  # years
    ],
)
def test_what_a_sentence_means(text: str, words: str | None) -> None:
    found = detect(text, WORDING, TOGETHER)
    assert (found and found.words) == words


def test_without_doubt_a_question_counts() -> None:
    plain = {"en": DisputePhrases(concepts={"broken": ("broken",)})}
    assert detect("Is the lamp broken?", plain, {Reason.DAMAGED: ("broken",)}) is not None
