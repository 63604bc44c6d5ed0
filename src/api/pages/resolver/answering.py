"""Recording of what a resolver or an approver answers, from their link or as who signed in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pydantic import ValidationError

from api.http.server.middleware import current
from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation
from api.links.link import CaseLink
from api.pages.kit.form import FilledForm
from api.pages.kit.limits import take_bytes
from api.pages.resolver.case import Case, LinkClosed, load_case, to_approve, to_solve, waiting
from api.session import TenantSession
from commands.command import Command
from commands.context import Reactions
from commands.disputes.approvals import approver_decision
from commands.disputes.resolver_answers import answer_commands
from commands.execute import UnitOfWork, execute, preview
from ledger.database import documents
from ledger.facts.books import INVOICE, PLAYBOOK
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import CreditPassedOn, FollowUpDateMoved, ResolverChanged
from ledger.facts.playbook import NUMBER
from ledger.policy.refusal import Refused

APPROVE, REFUSE = DECISIONS = ("approve", "refuse")
ANSWERS = {
    "solved": "It is solved",
    "not_solved": "It is not solved yet",
    "not_mine": "It is not for me",
    "approve": "I approve it",
    "refuse": "I do not approve it",
}
LABELS = {
    "outcome": "How",
    "root_cause": "What went wrong on our side",
    "credited": "To credit",
    "text": "What else we should know",
    "why": "Why",
    "follow_up_on": "It will be solved on",
    "who": "Who should be asked (e-mail address or name)",
}


class Unfit(Exception):
    """An answer that cannot be recorded: why, in the words of the reader."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


@dataclass(frozen=True)
class Opened:
    """What a link opens: a case with its invoices. ``via`` is how the entries name the road."""

    session: TenantSession
    link: CaseLink
    invoices: list[str]
    via: str = "link"

    def look(self) -> Case:
        return load_case(self.session, self.link, self.invoices)

    def record(self, form: FilledForm) -> Sequence[Entry]:
        """Record the answer once. Raises ``Refused``, ``ValueError`` or ``LinkClosed``."""
        session, plan = self.session, partial(self._plan, form)
        context = session.context(
            self.link.resolver,
            correlation=current().id,
            causation=form.cause,
            via=self.via,
            reactions=Reactions.ALWAYS,
        )
        if form.content and preview(session.ledger, plan, context):
            self._keep(form)
        return execute(session.ledger, plan, context).entries

    def answer(self, form: FilledForm, _: Translation) -> Sequence[Entry]:
        """Record the answer once. Raises ``Unfit`` or ``LinkClosed``."""
        try:
            return self.record(form)
        except ValidationError as error:
            wrong = [_(LABELS.get(str(fault["loc"][0]), "")) for fault in error.errors()]
            wrong = [_("“{field}” cannot be read.", field=field) for field in wrong if field]
            raise Unfit(*(wrong or [_("Send the form of the page.")])) from error
        except Refused as error:
            raise Unfit(refusal_text(error, _)) from error
        except ValueError as error:
            raise Unfit(_("Send the form of the page.")) from error

    def _keep(self, form: FilledForm) -> None:
        """Store the document of an answer that will be recorded. Raises ``Refused``."""
        session, sender = self.session, f"link {self.link.case} {self.link.resolver}"
        if not take_bytes(session, len(form.content), {"DOSSIER_LINK_BYTES": sender}):
            raise Refused("link-quota", "file")
        with session.pool.connection() as conn:
            documents.save(conn, session.tenant, form.content, form.media_type)

    def _plan(self, form: FilledForm, work: UnitOfWork) -> Iterator[Command]:
        """Yield the commands of the form, by the present states. Raises ``LinkClosed``."""
        work.assert_unchanged(PLAYBOOK, NUMBER)
        link, answer = self.link, form.fields.get("answer")
        is_asked = to_approve if answer in DECISIONS else to_solve
        states = [work.state(INVOICE, number) for number in self.invoices]
        invoices = [invoice for invoice in waiting(states, link) if is_asked(invoice, link)]
        if not invoices:
            raise LinkClosed(403, "Nothing is asked of you here any more")
        if answer in DECISIONS:
            why = form.fields.get("text", "")
            yield from approver_decision(invoices, link.case, answer == APPROVE, why)
        else:
            command = form.to_command(invoices)
            yield from answer_commands(invoices, link.case, command, work.rules, work.now)


def recorded(
    _: Translation, form: FilledForm, case: Case, entries: Sequence[Entry]
) -> tuple[list[str], list[str]]:
    """Return what the answer was, and what happens next."""
    lines = [_("Your answer: {answer}.", answer=_(ANSWERS[form.fields["answer"]]))]
    currencies = {part.invoice.number: part.invoice.currency for part in case.to_solve}
    for number, credit in form.credited([part.invoice for part in case.to_solve]).items():
        amount = _.money(credit, currencies[number])
        lines += [_("To credit on invoice {invoice}: {amount}.", invoice=number, amount=amount)]
    steps = list[str]()
    for entry in entries:
        match entry.event:
            case FollowUpDateMoved(follow_up_on=day):
                steps += [_("We look at it again on {day}.", day=_.day(day))]
            case ResolverChanged(resolver=who):
                steps += [_("{who} is asked to solve it.", who=who)]
            case CreditPassedOn(approver=who):
                steps += [_("{who} is asked to approve it.", who=who)]
    text = form.fields.get("text", "")
    who = case.first.invoice.collector or _("A colleague")
    steps += [_("{who} reads your answer.", who=who), _("There is nothing more to do for you now.")]
    return [*dict.fromkeys(lines), *([text] if text else [])], [*dict.fromkeys(steps)]
