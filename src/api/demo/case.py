"""What a dispute of the demo is made of: what is said, who solves it, and how it ends."""

from dataclasses import dataclass
from decimal import Decimal

from ledger.facts.codes import Outcome, Reason, RootCause

ALL = Decimal(1)
NONE = Decimal(0)


@dataclass(frozen=True)
class Case:
    """``share`` of the invoice is contested (None: all of it); ``credit`` of that is given back.

    ``turns`` is what makes it different: late, not mine, moved, refused, reopened, voided,
    several, bounced, photo, comment, code, cancel, statement, a week, never.
    """

    reason: Reason
    language: str
    comment: str
    team: str
    ask: str
    reply: str
    outcome: Outcome
    cause: RootCause | None
    share: Decimal | None = None
    credit: Decimal = NONE
    turns: tuple[str, ...] = ()
    correct: str = ""  # what is corrected on the invoice: purchase_order, due_on, amount
    ware: str = ""  # what it is about, when it is about goods
