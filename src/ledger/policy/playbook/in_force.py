"""The rules that hold: those that were applied last, the shipped ones until any were."""

from functools import cache
from importlib.resources import files

import msgspec

from ledger.playbook import Playbook
from ledger.rules import Rules

SHIPPED = files("ledger.policy.playbook") / "default.yaml"


@cache
def shipped() -> Rules:
    """Return the rules of a creditor who has applied none."""
    return msgspec.yaml.decode(SHIPPED.read_bytes(), type=Rules, strict=False)


def rules_in_force(playbook: Playbook) -> Rules:
    """Return the rules of the playbook as its book has it."""
    return playbook.rules or shipped()
