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

from commands.command import Command, Now, Positive, Refused, Words, in_cents
from commands.disputes import CaseCommand
from ledger import invoice_events as ev
from ledger import workdays
from ledger.dispute import ZERO, Dispute
from ledger.invoice import Invoice
from ledger.invoice_events import InvoiceEvent
from ledger.rules import Approver, Rules


class RequestCredit(CaseCommand, frozen=True):
    """A credit note is asked for."""

    by_rules = True
    amount: Positive
    approver: Words | None = Field(None, description="the playbook's first when left out")

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        if self.amount > one.disputed:
            raise Refused(f"Only {one.disputed} is still disputed.", "amount")
        if one.credit_requested == self.amount:
            return
        yield ev.CreditRequested(
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
                raise Refused("Say who is to approve it: the playbook names nobody.", "approver")
            return self.approver
        if not within(chain[-1], one, self.amount):
            last = limit(chain, len(chain) - 1)
            raise Refused(f"Nobody may approve that much: {last}.", "amount")
        if self.approver and self.approver not in [one.approver for one in chain]:
            raise Refused(_stranger(self.approver, chain), "approver")
        return self.approver or chain[0].approver


class ApproveCredit(CaseCommand, frozen=True):
    """The credit that was requested may be given; beyond one's own limit the next is asked."""

    by_rules = True
    amount: Positive | None = Field(None, description="all that was requested when left out")

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        requested = _requested(one)
        if self.amount and self.amount > requested:
            raise Refused(f"Only {requested} was requested.", "amount")
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        amount = amount or requested
        then = _next(one, amount, approvers(now.rules), now.by)
        if then is None:
            yield ev.CreditApproved(on=on, case_id=one.case_id, amount=amount)
            return
        mine, after = then
        yield ev.CreditPassedOn(
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

    why: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        one = self.find_open(invoice)
        _requested(one)
        yield ev.CreditRefused(on=on, case_id=one.case_id, why=self.why)


def decided(
    invoices: Sequence[Invoice], case: UUID, approves: bool, why: str
) -> Iterator[CaseCommand]:
    """What an approver says of the credits of a case that wait for him. Raises ``Refused``."""
    if not approves and not why.strip():
        raise Refused("Say why it is not approved.", "text")
    for invoice in invoices:
        if approves:
            yield ApproveCredit(invoice=invoice.number, case_id=case)
        else:
            yield RefuseCredit(invoice=invoice.number, case_id=case, why=why)


def approvers(rules: Rules | None) -> Sequence[Approver]:
    """From the lowest limit to the highest."""
    return rules.approvers if rules else ()


def within(approver: Approver, one: Dispute, amount: Decimal) -> bool:
    """His own limit reaches, for this and for what was credited of the case before."""
    return approver.up_to is None or one.credited + amount <= approver.up_to


def limit(chain: Sequence[Approver], nth: int) -> str:
    """In words, with its place in the playbook."""
    one = chain[nth]
    return f"the limit of {one.approver} is {one.up_to} (playbook: approvers/{nth}/up_to)"


def decide_by(one: Dispute, rules: Rules | None, on: date) -> date | None:
    """The working day by which an approver who is asked on that day must have decided."""
    if rules is None:
        return None
    return workdays.after(on, rules.handling(one.reason).answer_within, rules.calendar)


def must_be_approved(one: Dispute, credit: Decimal, rules: Rules | None) -> None:
    """Who decides a dispute gives no credit that nobody approved. Raises ``Refused``."""
    approved = one.credit_approved or ZERO
    if approvers(rules) and credit > approved:
        raise Refused(
            f"Of this credit of {credit} only {approved} is approved (playbook: approvers);"
            " request-credit asks for it.",
            "credited",
        )


def _next(
    one: Dispute, amount: Decimal, chain: Sequence[Approver], by: str
) -> tuple[Approver, Approver] | None:
    """Who approves it, and who must after him; None when nobody must. Raises ``Refused``."""
    if not chain:
        return None
    names = [approver.approver for approver in chain]
    if by not in names:
        raise Refused(_stranger(by, chain))
    nth = names.index(by)
    if within(chain[nth], one, amount):
        return None
    if by != one.credit_asked_of or chain[nth] is chain[-1]:
        raise Refused(
            f"You may not approve {amount}: {limit(chain, nth)}. {one.credit_asked_of} is asked."
        )
    return chain[nth], chain[nth + 1]


def _stranger(who: str, chain: Sequence[Approver]) -> str:
    named = ", ".join(one.approver for one in chain)
    return f"{who} may approve no credit (playbook: approvers); these may: {named}."


def _requested(one: Dispute) -> Decimal:
    if one.credit_requested is None:
        raise Refused(f"No credit was requested for dispute {one.case_id}.")
    return one.credit_requested


COMMANDS: tuple[type[Command], ...] = (RequestCredit, ApproveCredit, RefuseCredit)
