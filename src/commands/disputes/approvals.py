"""Wishes about the credit of a dispute: ask for it, and give it as far as one's limit reaches.

The playbook names approvers from the lowest limit to the highest. The first is asked; when he
approves more than he may give, the next is asked by that, until one's limit reaches. Where the
playbook names none, anybody may approve.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from commands.command import DecisionContext, PositiveAmount, RequiredText
from commands.context import Reactions
from commands.disputes.case import CaseCommand
from ledger.facts.codes import ZERO
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.dispute_events import (
    CreditApproved,
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
)
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Approver
from ledger.policy.disputes.credit_approval import approvers, decide_by, within_limit
from ledger.policy.money import in_cents
from ledger.policy.refusal import Refused


class RequestCredit(CaseCommand, frozen=True):
    """A credit note is asked for."""

    depends_on_playbook = True
    reactions = Reactions.IF_APPLIED
    amount: PositiveAmount
    approver: RequiredText | None = Field(None, description="the playbook's first when left out")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        if self.amount > one.disputed:
            raise Refused("above-disputed", "amount", amount=one.disputed)
        if one.credit_requested == self.amount:
            return
        yield CreditRequested(
            on=on,
            case_id=one.case_id,
            amount=in_cents(self.amount, invoice.currency, "amount"),
            approver=self._first(approvers(now.rules), one),
            decide_by=decide_by(one, now.rules, on),
        )

    def _first(self, chain: Sequence[Approver], one: Dispute) -> str:
        """Who is asked. Raises ``Refused`` when the chain does not reach, or he is not of it."""
        if not chain:
            if self.approver is None:
                raise Refused("approver-missing", "approver")
            return self.approver
        if not within_limit(last := chain[-1], one, self.amount):
            raise Refused(
                "above-every-limit",
                "amount",
                approver=last.approver,
                limit=last.up_to,
                nth=len(chain) - 1,
            )
        if self.approver and self.approver not in [one.approver for one in chain]:
            raise _not_an_approver(self.approver, chain, "approver")
        return self.approver or chain[0].approver


class ApproveCredit(CaseCommand, frozen=True):
    """The credit that was requested may be given; beyond one's own limit the next is asked."""

    depends_on_playbook = True
    reactions = Reactions.IF_APPLIED
    amount: PositiveAmount | None = Field(None, description="all that was requested when left out")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        requested = _requested(one)
        if self.amount and self.amount > requested:
            raise Refused("above-requested", "amount", amount=requested)
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        amount = amount or requested
        then = _next(one, amount, approvers(now.rules), now.by)
        if then is None:
            yield CreditApproved(on=on, case_id=one.case_id, amount=amount)
            return
        mine, after = then
        yield CreditPassedOn(
            on=on,
            case_id=one.case_id,
            amount=amount,
            approver=after.approver,
            previous=mine.approver,
            limit=max((mine.up_to or ZERO) - one.credited, ZERO),
            decide_by=decide_by(one, now.rules, on),
        )


class RefuseCredit(CaseCommand, frozen=True):
    """The credit that was requested may not be given."""

    reactions = Reactions.IF_APPLIED
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        _requested(one)
        yield CreditRefused(on=on, case_id=one.case_id, why=self.why)


def approver_decision(
    invoices: Sequence[Invoice], case: UUID, approves: bool, why: str
) -> Iterator[CaseCommand]:
    """What an approver says of the credits of a case that wait for him. Raises ``Refused``."""
    if not approves and not why.strip():
        raise Refused("credit-refusal-needs-reason", "text")
    for invoice in invoices:
        if approves:
            yield ApproveCredit(invoice=invoice.number, case_id=case)
        else:
            yield RefuseCredit(invoice=invoice.number, case_id=case, why=why)


def _next(
    one: Dispute, amount: Decimal, chain: Sequence[Approver], by: str
) -> tuple[Approver, Approver] | None:
    """Who approves it, and who must after him; None when nobody must. Raises ``Refused``."""
    if not chain:
        return None
    names = [approver.approver for approver in chain]
    if by not in names:
        raise _not_an_approver(by, chain)
    mine = chain[nth := names.index(by)]
    if within_limit(mine, one, amount):
        return None
    if by != one.credit_asked_of or mine is chain[-1]:
        raise Refused(
            "above-own-limit",
            amount=amount,
            approver=by,
            limit=mine.up_to,
            nth=nth,
            who=one.credit_asked_of,
        )
    return mine, chain[nth + 1]


def _not_an_approver(who: str, chain: Sequence[Approver], field: str | None = None) -> Refused:
    named = ", ".join(one.approver for one in chain)
    return Refused("not-an-approver", field, who=who, approvers=named)


def _requested(one: Dispute) -> Decimal:
    if one.credit_requested is None:
        raise Refused("no-credit-requested", case=one.case_id)
    return one.credit_requested
