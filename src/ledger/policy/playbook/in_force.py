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
    """Return the rules of a creditor who has not applied a playbook."""
    return msgspec.yaml.decode(SHIPPED.read_bytes(), type=Rules, strict=False)


def rules_in_force(playbook: Playbook) -> Rules:
    return playbook.rules or shipped()


def wording(rules: Rules) -> Wordings:
    """Return the wording of the rules, or the shipped wording when they have none."""
    return (shipped().wording or {}) if rules.wording is None else rules.wording
