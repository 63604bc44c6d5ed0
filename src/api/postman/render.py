"""A pending message as it would be sent now."""

from api.postman.build import build_email, build_letter
from api.postman.email.compose import Mail
from api.postman.letters.typeset import Letter
from api.postman.outbox import PendingMessage
from api.postman.settings import PLAIN, paper, who_sends
from api.postman.templates import own_folder
from api.session import TenantSession
from ledger.facts.codes import Channel


def render(session: TenantSession, message: PendingMessage, hidden: bool = False) -> Mail | Letter:
    """Return the e-mail or letter; ``hidden`` leaves the token out of an answer link.

    Raises ``BadTemplate`` or ``CorruptDocument``.
    """
    if message.asked.channel is Channel.LETTER:
        return build_letter(session, message, who_sends(), paper() or PLAIN, own_folder())
    return build_email(session, message, who_sends(), own_folder(), hidden)
