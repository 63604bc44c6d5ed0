"""Authorisation of commands: what the caller may not see does not exist for them.

Only kinds of book with a rule here are open to a caller who does not see everything.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from commands.command import Command
from commands.cross_book_flags import Lookups
from commands.debtors.contacts import LogDebtorContact
from commands.debtors.holds import HoldDebtor, ReleaseDebtor
from commands.debtors.registration import CorrectDebtor, RecordCreditCheck, RegisterDebtor
from commands.disputes.case import CaseCommand
from commands.disputes.opening import OpenDispute
from commands.follow_up.promises import MakePromise
from commands.inbox.replies import FileDebtorMessage
from commands.invoices.contacts import AttachDocument, LogContact
from commands.invoices.registration import CorrectInvoice, RegisterInvoice
from commands.work import Work
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.document_names import documents_of, is_sha256
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.visibility import Scope

NAMES_DOCUMENTS = ("documents", "document", "sha256", "attached", "replaces")  # fields of commands
OF_DEBTORS = (  # commands that a debtor may give, about their own invoices and themselves
    *(OpenDispute, MakePromise, LogContact, AttachDocument),
    *(LogDebtorContact, FileDebtorMessage),
)
OF_ALL_INVOICES = (CorrectDebtor, RecordCreditCheck, HoldDebtor, ReleaseDebtor)


def authorise(work: Work, commands: Sequence[Command]) -> None:
    """Check each command against the caller's scope.

    Raises ``NotFound`` for what the caller may not see, as for what does not exist, and
    ``Refused`` for what concerns business units outside the scope.
    """
    context = work.context
    debtors = [*filter(None, map(_debtor, commands))]
    units = context.lookups.units_of(debtors) if debtors else {}
    for command in commands:
        if context.scope.is_debtor and type(command) not in OF_DEBTORS:
            raise Refused("needs-all-units")
        if command.kind is INVOICE:
            _authorise(work.target(INVOICE, command.number), context.scope, command)
            _check_debtor(context.scope, _debtor(command), units)
        elif command.kind is DEBTOR:
            state = work.target(DEBTOR, command.number)
            _authorise_debtor(state, units.get(command.number, ()), context.scope, command)
        else:
            raise Refused("needs-all-units")
        _check_documents(work, command)


def is_visible(scope: Scope, state: Any, lookups: Lookups) -> bool:
    """Return whether the book with this state is visible; a book of another kind than an invoice
    or a debtor is not to a caller who does not see everything."""
    if scope.is_everything:
        return True
    if isinstance(state, Invoice):
        return scope.sees(state)
    if isinstance(state, Debtor) and scope.is_of_units:
        return scope.sees_debtor(lookups.units_of([state.number]).get(state.number, ()))
    return False


def _debtor(command: Command) -> str:
    """Return the debtor that the command is about, or to whom it gives an invoice; else nothing."""
    if isinstance(command, RegisterInvoice | CorrectInvoice):
        return (command.debtor or "").strip()
    return command.number if command.kind is DEBTOR else ""


def _check_debtor(scope: Scope, debtor: str, units: Mapping[str, Collection[str]]) -> None:
    """Keep an invoice from a debtor of other units: it would open the debtor's file."""
    if debtor in units and not scope.sees_debtor(units[debtor]):
        raise Refused("number-taken", "debtor", number=debtor)


def _authorise(invoice: Invoice, scope: Scope, command: Command) -> None:
    if isinstance(command, RegisterInvoice):
        _check_unit(scope, command.business_unit)
        if not invoice.known:
            return
        if not scope.sees(invoice):
            raise Refused("number-taken", "invoice", number=command.number)
    if not scope.sees(invoice):
        raise NotFound("no-invoice", invoice=command.number)
    if isinstance(command, CorrectInvoice) and command.business_unit is not None:
        _check_unit(scope, command.business_unit)
    elif isinstance(command, CaseCommand) and scope.is_resolver:
        dispute = command.case_id and invoice.disputes.get(command.case_id)
        if not dispute or not scope.sees_dispute(invoice, dispute):
            raise NotFound("no-dispute", case=command.case_id)


def _authorise_debtor(
    debtor: Debtor, units: Collection[str], scope: Scope, command: Command
) -> None:
    """Check a command about a debtor with invoices in these business units."""
    if isinstance(command, RegisterDebtor):
        new = not debtor.known and not units and scope.is_of_units
        if not new and not scope.changes_debtor(units):
            raise Refused("number-taken", "debtor", number=command.number)
        return
    if not (scope.sees_debtor(units) or (scope.owes(command.number) and debtor.known)):
        raise NotFound("no-debtor", debtor=command.number)
    if isinstance(command, OF_ALL_INVOICES) and not scope.changes_debtor(units):
        raise Refused("debtor-of-other-units", debtor=command.number)


def _check_unit(scope: Scope, unit: str) -> None:
    if not scope.covers(unit):
        raise Refused("other-business-unit", "business_unit")


def _check_documents(work: Work, command: Command) -> None:
    """Let a command name only what was sent with the request, or what its book names already:
    who may name a document of another book can read it."""
    if strange := [*dict.fromkeys(_documents(command))]:
        strange = [address for address in strange if address not in work.context.sent]
    if not strange:
        return
    book = work.target(command.kind, command.number).id
    known = {address for entry in work.history(book) for address in documents_of(entry.event)}
    if unknown := next((address for address in strange if address not in known), None):
        raise NotFound("no-document", document=unknown)


def _documents(command: Command) -> Iterator[str]:
    for name in NAMES_DOCUMENTS:
        given: Any = getattr(command, name, None) or ()
        several = (given,) if isinstance(given, str) else given
        yield from (address for address in several if is_sha256(address))
