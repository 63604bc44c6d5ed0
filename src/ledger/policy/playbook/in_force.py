"""The rules in force: the applied playbook, else the shipped one."""

from functools import cache
from importlib.resources import files

import msgspec

from ledger.facts.playbook import Playbook
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.detection import Wordings

SHIPPED = files("ledger.policy.playbook") / "default.yaml"


@cache
def shipped() -> Rules:
    """Return the rules of a creditor who has applied none."""
    return msgspec.yaml.decode(SHIPPED.read_bytes(), type=Rules, strict=False)


def rules_in_force(playbook: Playbook) -> Rules:
    """Return the rules of the playbook as its book has it."""
    return playbook.rules or shipped()


def wording(rules: Rules) -> Wordings:
    """Rules that were applied without, and those of long ago, have the shipped one."""
    return (shipped().wording or {}) if rules.wording is None else rules.wording
