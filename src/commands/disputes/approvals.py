"""Commands about the credit of a dispute: request, approve or refuse it.

The playbook lists approvers from the lowest limit to the highest. The first approver is asked. An
approver whose limit is below the amount passes the request on to the next by approving it. Where
the playbook lists no approvers, anyone may approve.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.context import Reactions
from commands.disputes.case import CaseCommand
from commands.fields import PositiveAmount, RequiredText
from ledger.facts.codes import ZERO
from ledger.facts.invoice.approval import ApprovedAfterwards
from ledger.facts.invoice.dispute_handling import (
    CreditApproved,
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
)
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.playbook_rules import Approver, Rules
from ledger.policy.disputes.credit_approval import approvers, decide_by, within_limit
from ledger.policy.money import in_cents
from ledger.policy.refusal import NotFound, Refused


class RequestCredit(CaseCommand, frozen=True):
    """Request approval of a credit note for a dispute."""

    depends_on_playbook = True
    reactions = Reactions.IF_APPLIED
    amount: PositiveAmount
    approver: RequiredText | None = Field(
        None, description="the first approver of the playbook when left out"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        if self.amount > dispute.disputed:
            raise Refused("above-disputed", "amount", amount=dispute.disputed)
        if dispute.credit_requested == self.amount:
            return
        requester = now.ran_by or now.by
        yield CreditRequested(
            on=on,
            case_id=dispute.case_id,
            amount=in_cents(self.amount, invoice.currency, "amount"),
            approver=self._first(now.rules, requester, dispute),
            decide_by=decide_by(dispute, now.rules, on),
            requester=requester,
        )

    def _first(self, rules: Rules | None, requester: str, dispute: Dispute) -> str:
        """Return the approver to ask, who is not the requester.

        Raises ``Refused`` when no limit covers the amount, or the named approver is not listed.
        """
        if not (everybody := approvers(rules)):
            if self.approver is None:
                raise Refused("approver-missing", "approver")
            return self.approver
        chain = approvers(rules, requester)
        if not chain or self.approver == requester:
            raise Refused("own-request", "approver", who=requester)
        if not within_limit(last := chain[-1], dispute, self.amount):
            raise Refused(
                "above-every-limit",
                "amount",
                approver=last.approver,
                limit=last.up_to,
                nth=everybody.index(last),
            )
        if self.approver and self.approver not in [approver.approver for approver in chain]:
            raise _not_an_approver(self.approver, chain, "approver")
        return self.approver or chain[0].approver


class ApproveCredit(CaseCommand, frozen=True):
    """Approve the requested credit: above your own limit, the next approver is asked."""

    depends_on_playbook = True
    reactions = Reactions.IF_APPLIED
    amount: PositiveAmount | None = Field(
        None, description="the whole requested amount when left out"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        requested = _requested(dispute)
        if self.amount and self.amount > requested:
            raise Refused("above-requested", "amount", amount=requested)
        amount = in_cents(self.amount, invoice.currency, "amount") if self.amount else requested
        _ensure_approver(dispute.credit_requester, now)
        passed_on = _passed_on(dispute, amount, now)
        if passed_on is None:
            yield CreditApproved(on=on, case_id=dispute.case_id, amount=amount)
            return
        approver, following = passed_on
        yield CreditPassedOn(
            on=on,
            case_id=dispute.case_id,
            amount=amount,
            approver=following.approver,
            previous=approver.approver,
            limit=max((approver.up_to or ZERO) - dispute.credited, ZERO),
            decide_by=decide_by(dispute, now.rules, on),
        )


class RefuseCredit(CaseCommand, frozen=True):
    """Refuse the requested credit."""

    reactions = Reactions.IF_APPLIED
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        dispute = self.find_open(invoice)
        _requested(dispute)
        yield CreditRefused(on=on, case_id=dispute.case_id, why=self.why)


class ApproveAfterwards(InvoiceCommand, frozen=True):
    """Approve what was given away on the invoice without approval, as an approver in your limit."""

    depends_on_playbook = True
    at_line: int | None = Field(
        None, description="line that gave it away; the only one when left out"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        missing = invoice.unapproved
        lines = [self.at_line] if self.at_line else list(missing)
        if len(lines) != 1:
            raise Refused("several-unapproved", "at_line", lines=", ".join(map(str, lines)))
        if (part := missing.get(lines[0])) is None:
            raise NotFound("nothing-unapproved", line=lines[0], invoice=self.invoice)
        _ensure_other(part.who, now)
        chain = approvers(now.rules)
        approver = next((each for each in chain if each.approver == now.by), None)
        if chain and approver is None:
            raise _not_an_approver(now.by, chain)
        if approver and approver.up_to is not None and part.amount > approver.up_to:
            raise Refused("above-limit", amount=part.amount, limit=approver.up_to)
        yield ApprovedAfterwards(on=on, line=part.line, amount=part.amount)


def approver_decision(
    invoices: Sequence[Invoice], case: UUID, approves: bool, why: str
) -> Iterator[CaseCommand]:
    """Return the commands that record an approver's decision on the credits of a case.

    Raises ``Refused`` for a refusal without a reason.
    """
    if not approves and not why.strip():
        raise Refused("credit-refusal-needs-reason", "text")
    for invoice in invoices:
        if approves:
            yield ApproveCredit(invoice=invoice.number, case_id=case)
        else:
            yield RefuseCredit(invoice=invoice.number, case_id=case, why=why)


def _passed_on(
    dispute: Dispute, amount: Decimal, now: DecisionContext
) -> tuple[Approver, Approver] | None:
    """Return the approver whose limit is too low, and the next to ask; None for a final approval.

    Raises ``Refused`` when who decides may not approve the amount.
    """
    chain = approvers(now.rules, dispute.credit_requester)
    if not chain:
        return None
    nth = [each.approver for each in chain].index(now.by)
    approver = chain[nth]
    if within_limit(approver, dispute, amount):
        return None
    if now.by != dispute.credit_asked_of or approver is chain[-1]:
        raise Refused(
            "above-own-limit",
            amount=amount,
            approver=now.by,
            limit=approver.up_to,
            nth=[*approvers(now.rules)].index(approver),
            who=dispute.credit_asked_of,
        )
    return approver, chain[nth + 1]


def _ensure_approver(requester: str, now: DecisionContext) -> None:
    """Raise ``Refused`` for a decision of somebody who is no approver, or asked for it."""
    chain = approvers(now.rules)
    if chain and now.by not in [each.approver for each in chain]:
        raise _not_an_approver(now.by, chain)
    if chain:
        _ensure_other(requester, now)


def _ensure_other(requester: str, now: DecisionContext) -> None:
    """Raise ``Refused`` for approving what one asked for, in one's own name or another's."""
    if requester and requester in (now.by, now.ran_by):
        raise Refused("own-request", who=requester)


def _not_an_approver(who: str, chain: Sequence[Approver], field: str | None = None) -> Refused:
    names = ", ".join(approver.approver for approver in chain)
    return Refused("not-an-approver", field, who=who, approvers=names)


def _requested(dispute: Dispute) -> Decimal:
    if dispute.credit_requested is None:
        raise Refused("no-credit-requested", case=dispute.case_id)
    return dispute.credit_requested
