"""The command that records a bank statement in the book of its account."""

from collections.abc import Iterator
from typing import Any, ClassVar

from msgspec.structs import replace as but

from commands.command import Command, DecisionContext
from ledger.facts.bank import BankAccountBook, StatementImported
from ledger.facts.books import BANK_ACCOUNT, BookKind
from ledger.policy.payments.statement_chain import problems_of


class RecordStatement(Command, frozen=True, arbitrary_types_allowed=True):
    """Record a statement, with what does not chain. The same statement counts once."""

    kind: ClassVar[BookKind[Any]] = BANK_ACCOUNT
    statement: StatementImported

    @property
    def number(self) -> str:
        return f"{self.statement.account} {self.statement.currency}"

    def decide(self, state: BankAccountBook, now: DecisionContext) -> Iterator[StatementImported]:
        if self.statement.statement in state.statements:
            return
        problems = (*self.statement.problems, *problems_of(state, self.statement))
        yield but(self.statement, problems=problems)
