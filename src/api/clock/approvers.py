"""Credits that nobody decides about: the approver is reminded."""

import logging
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from api.clock.resolvers import Job, Part, message, rules_of
from commands.command import Command
from commands.reminders import ChaseApprover, again_on, undecided
from ledger.books import Book
from ledger.codes import Purpose
from ledger.identifiers import mailable
from ledger.playbook import Playbook

log = logging.getLogger(__name__)


def _approval(
    case_id: UUID, parts: Sequence[Part], playbook: Book[Playbook], on: date
) -> list[Command]:
    """To the first approver who owes a decision; another of the same case is next."""
    rules, late = rules_of(playbook), [one for one in parts if undecided(*one, on)]
    if not late:
        return []
    approver = late[0].dispute.credit_asked_of
    late = [one for one in late if one.dispute.credit_asked_of == approver]
    wishes: list[Command] = [
        ChaseApprover(invoice=one.invoice.number, case_id=case_id, rules=rules, approver=approver)
        for one in late
    ]
    if mailable(approver):
        one = late[0].dispute
        more = {
            "times": str(one.credit_reminders + 1),
            "answer_by": str(again_on(one, rules, on)),
            "credit": ", ".join(
                f"{part.dispute.credit_requested} {part.invoice.currency}" for part in late
            ),
        }
        name = f"approval-reminder/{case_id}/{approver}/{on}"
        ask = message(name, Purpose.APPROVAL_REQUEST, approver, late, playbook, **more)
        wishes.insert(0, ask)
    else:
        log.warning("case %s: %r is no mail address, nothing is sent", case_id, approver)
    return wishes


REMIND_APPROVER = Job(lambda part, _, on: undecided(*part, on), _approval)
