"""Acts on a message that waits in the inbox."""

from dataclasses import dataclass
from uuid import UUID

from api.inbox import manual_entry
from api.pages.desk.acts import Act, Commands, Field
from api.pages.kit.posted import Posted
from api.session import TenantSession
from commands.context import Reactions
from commands.inbox.triage import AssignInbound, DismissInbound
from projections.inbox import InboxRow


@dataclass(frozen=True)
class Waiting:
    """A message that waits, and the firm that it came to."""

    session: TenantSession
    row: InboxRow

    @property
    def number(self) -> str:
        return self.row.subject or self.row.name or self.row.from_

    @property
    def id(self) -> UUID:
        return self.row.id


def _assign(message: Waiting, form: Posted) -> Commands:
    invoices = [part for part in form.get("invoices", "").replace(",", " ").split() if part]
    given = {
        "mail": message.row.mail,
        "invoices": invoices,
        "debtor": form.get("debtor") or None,
    }
    return manual_entry.assign_plan(message.session, AssignInbound.model_validate(given))


def _dismiss(message: Waiting, form: Posted) -> Commands:
    return [DismissInbound(mail=message.row.mail, why=form.get("why", ""))]


INBOX_ACTS = {
    act.noun: act
    for act in (
        Act(
            "assignment",
            "File this message",
            "File it",
            "check",
            "It is logged in those files, and follow-up pauses until somebody has answered.",
            (
                Field("invoices", "Invoices it is about", hint="Several with a comma between."),
                Field("debtor", "Or the number of its debtor"),
            ),
            _assign,
            first=lambda message, today: {
                "invoices": ", ".join(filter(None, message.row.suggested_invoices[:1])),
                "debtor": next(filter(None, message.row.suggested_debtors), ""),
            },
            reactions=Reactions.IF_APPLIED,
        ),
        Act(
            "dismissal",
            "Nothing to do",
            "Put it away",
            "close",
            "The message leaves the inbox and stays in the log with your reason.",
            (Field("why", "Why", required=True),),
            _dismiss,
        ),
    )
}
