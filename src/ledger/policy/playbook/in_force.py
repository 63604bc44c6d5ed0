"""The rules in force: the applied playbook, else the shipped one."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from ledger.facts.codes import Reason
from ledger.facts.playbook import Playbook
from ledger.facts.playbook_rules import DisputePhrases, Language, Phrases, Rules
from ledger.policy.disputes.detection import Together
from ledger.policy.disputes.sentences import SPECIAL
from ledger.policy.disputes.signs import Wordings

SHIPPED = files("ledger.policy.playbook") / "default.yaml"
SHIPPED_WORDING = files("ledger.policy.playbook") / "wording.yaml"


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """The words that sound like a dispute; a file of its own, which few processes need."""

    together: Mapping[Reason, Phrases]
    wording: Mapping[Language, DisputePhrases]


@cache
def shipped() -> Rules:
    """Return the rules of a creditor who has not applied a playbook."""
    return msgspec.yaml.decode(SHIPPED.read_bytes(), type=Rules, strict=False)


@cache
def shipped_wording() -> Wording:
    """Return the wording that holds while a playbook has none of its own."""
    return msgspec.yaml.decode(SHIPPED_WORDING.read_bytes(), type=Wording, strict=False)


def rules_in_force(playbook: Playbook) -> Rules:
    return playbook.rules or shipped()


def wording(rules: Rules) -> Wordings:
    """Return the wording of the rules, or the shipped wording when they have none."""
    return shipped_wording().wording if rules.wording is None else rules.wording


def together(rules: Rules) -> Together:
    """Return which concepts make a dispute together, by the rules or as shipped."""
    return shipped_wording().together if rules.together is None else rules.together


def concept_names(rules: Rules) -> frozenset[str]:
    """Return the concepts that a combination may name."""
    return frozenset(SPECIAL).union(*(of.concepts for of in wording(rules).values()))
