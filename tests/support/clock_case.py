"""A creditor with a playbook, and a clock that a test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from api.clock.tick import TickReport, run
from api.session import TenantSession
from commands.command import Command
from commands.context import Context, Reactions
from commands.debtors.registration import RegisterDebtor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from commands.execute import execute
from commands.invoices.registration import RegisterInvoice
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Pool, open_pool
from ledger.engine.rebuild import prepare
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE
from ledger.facts.codes import Reason
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageAsked, OutboundMessage
from ledger.facts.playbook_rules import DisputePolicy, Ladder, ReasonPolicy, Repeat, Rules, Step
from ledger.store.ledger import Ledger
from projections import READ_MODELS
from projections.explain.why import Explanation, why
from projections.invoices import InvoiceRow, get
from support.examples import CASE
from support.histories import worker

LADDER = Ladder(
    steps=(
        Step(step="copy", before_due=5, template="invoice-copy"),
        Step(step="first", after_due=3),
        Step(step="second", after_previous=10),
        Step(step="final", after_previous=10, template="final-notice"),
    ),
    repeat=Repeat(every=14, at_most=2),
)
HANDLING = DisputePolicy(
    asks="What was agreed?", remind_every=3, escalate_after=2, escalate_to="boss@seller.example"
)
RULES = Rules(
    ladders={"business": LADDER},
    disputes=HANDLING,
    reasons={Reason.DISCOUNT: ReasonPolicy(rests="disputed amount")},
)


def at(text: str) -> datetime:
    """Parse a moment; of a day alone it is 08:00 UTC, in the morning in Amsterdam."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T08:00+00:00")


class ClockCase:
    """What a creditor records, and what the clock does at ``now``."""

    def __init__(self, pool: Pool, ledger: Ledger, rules: Rules | None = RULES) -> None:
        self.now = at("2026-01-02")
        self.ledger = ledger
        self.session = TenantSession(pool, ledger, lambda: self.now)
        prepare(pool, READ_MODELS, self.now)
        self.worker = worker(pool, READ_MODELS, "reader", ledger.tenant, clock=self.session.clock)
        if rules:
            self.execute(ApplyPlaybook(rules=rules))

    def execute(self, *commands: Command, on: str = "") -> None:
        self.now = at(on) if on else self.now
        execute(self.ledger, commands, Context("anna", self.now, reactions=Reactions.NONE))

    def tick(self, on: str = "") -> TickReport:
        self.now = at(on) if on else self.now
        self.worker.catch_up()
        return run(self.session)

    def debtor(self, number: str = "D-7", **more: Any) -> None:
        facts = {"name": number, "email": f"{number.lower()}@debtor.example"} | more
        self.execute(RegisterDebtor(debtor=number, **facts))

    def invoice(self, number: str = "A-1", debtor: str = "D-7", **more: Any) -> None:
        """Register an invoice of 100.00, due on Wednesday 30 September 2026."""
        facts = {"on": "2026-09-01", "due_on": "2026-09-30", "amount": "100"} | more
        self.execute(RegisterInvoice(invoice=number, debtor=debtor, **facts))

    def state(self, number: str = "A-1") -> Invoice:
        return self.ledger.book(INVOICE, number).state

    def row(self, number: str = "A-1") -> InvoiceRow:
        """Return the row in the list of invoices."""
        self.worker.catch_up()
        with self.session.pool.connection() as conn:
            found = get(self.ledger.tenant, number).first(conn)
        assert found
        return found

    def why(self, number: str = "A-1") -> Explanation:
        return why(self.ledger, self.ledger.history(self.id_of(number)), self.now)

    def owes(self, number: str) -> Debtor:
        return self.ledger.book(DEBTOR, number).state

    def message(self, name: str) -> OutboundMessage:
        return self.ledger.book(MESSAGE, name).state

    def entries(self) -> list[Entry]:
        return self.ledger.since(0, 10_000_000)

    def messages(self) -> list[MessageAsked]:
        return [one.event for one in self.entries() if isinstance(one.event, MessageAsked)]

    def id_of(self, number: str) -> UUID:
        return self.ledger.id_of(INVOICE, number)


@contextmanager
def open_clock_case(url: str) -> Iterator[ClockCase]:
    """Open it in another process: the database is there, and has its playbook."""
    with open_pool(url) as pool:
        ledger = Ledger(pool)
        try:
            yield ClockCase(pool, ledger, rules=None)
        finally:
            ledger.close()


def later(moment: datetime, **more: int) -> datetime:
    return (moment + timedelta(**more)).astimezone(UTC)


WHO = "sam@seller.example"


def open_dispute(
    clock_case: ClockCase, number: str, resolver: str = WHO, case: object = CASE
) -> None:
    one = {"invoice": number, "case_id": case}
    clock_case.execute(
        OpenDispute(reason=Reason.PRICE, comment="10 % less.", **one),
        AssignResolver(resolver=resolver, follow_up_on="2026-10-05", **one),
    )
