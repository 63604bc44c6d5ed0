"""The command that applies a playbook, after checking its rules."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainValidator, WithJsonSchema

from commands.command import Command, DecisionContext
from commands.fields import Text
from ledger.facts.books import PLAYBOOK, BookKind
from ledger.facts.playbook import NUMBER, Playbook, PlaybookApplied
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.checks import check_playbook
from ledger.policy.playbook.decode import decode
from ledger.policy.refusal import Refused


class ApplyPlaybook(Command, frozen=True, arbitrary_types_allowed=True):
    """Apply a playbook: its rules replace all rules before."""

    kind: ClassVar[BookKind[Any]] = PLAYBOOK
    rules: Annotated[
        Rules,
        PlainValidator(decode),
        WithJsonSchema({"type": "object", "description": "see GET /v1/playbook/schema"}),
    ]
    why: Text = Field("", description="what changed, and why")

    @property
    def number(self) -> str:
        return NUMBER

    def decide(self, state: Playbook, now: DecisionContext) -> Iterator[PlaybookApplied]:
        if self.rules == state.rules:
            return
        on = self.on or now.today
        if on > now.today:
            raise Refused("playbook-dated-ahead", "on")
        check_playbook(self.rules)
        yield PlaybookApplied(on=on, version=state.version + 1, rules=self.rules, why=self.why)
