"""The script of a dispute in the demo: the complaint, the resolver's answer and the end."""

from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files

import msgspec

from ledger.facts.codes import Outcome, Reason, RootCause

FILE = files("api.demo") / "cases.yaml"


@dataclass(frozen=True)
class Question:
    """What is asked of the resolver in a team."""

    team: str
    text: str


@dataclass(frozen=True)
class End:
    """How a dispute ends; ``credit`` is the share of the contested amount that is credited."""

    outcome: Outcome
    cause: RootCause | None = None
    credit: Decimal = Decimal(0)


@dataclass(frozen=True)
class Case:
    """A dispute; ``share`` of the invoice is contested (None: all of it).

    ``turns`` are deviations from the usual course: late, not mine, moved, refused, reopened,
    voided, several, bounced, photo, comment, code, cancel, statement, a week, never, undecided.
    """

    reason: Reason
    language: str
    comment: str
    question: Question
    end: End
    reply: str = ""
    share: Decimal | None = None
    turns: tuple[str, ...] = ()
    correct: str = ""  # what is corrected on the invoice: purchase_order, due_on, amount
    ware: str = ""  # the disputed product, for disputes about goods


@dataclass(frozen=True)
class Cases:
    """The disputes of the demo."""

    accounts: tuple[Case, ...]  # prices, terms, taxes and the invoice itself
    goods: tuple[Case, ...]  # deliveries and the condition of goods
    open: tuple[Case, ...]  # of the last weeks


def cases() -> Cases:
    return msgspec.yaml.decode(FILE.read_bytes(), type=Cases)
