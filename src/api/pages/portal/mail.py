"""The mails of the portal: a code to sign in, and a fresh link. They are not follow-up, and say so.

A failure is written to the security log: no page may show it, as that would tell strangers which
addresses are known.
"""

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from api.firm import creditor_of
from api.http.server import security_log
from api.postman.creditor import sender_of
from api.postman.email.smtp import Accepted, ServerDown, SmtpConnection
from api.postman.settings import settings, wanted
from api.session import TenantSession


def can_send() -> bool:
    """Return whether there is a mail server."""
    return wanted() and settings().server is not None


def send(session: TenantSession, to: str, subject: str, lines: Sequence[str]) -> None:
    """Send a mail in the creditor's name, if there is a mail server."""
    ours = settings() if wanted() else None
    if ours is None or ours.server is None:
        return
    sender = sender_of(creditor_of(session, ours.sender.name), ours.sender)
    name, _, domain = sender.address.rpartition("@")
    mail = EmailMessage()
    mail["From"] = Address(sender.name, name, domain)
    mail["To"], mail["Subject"] = to, subject
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n\n".join([*lines, sender.company]) + "\n")
    server = SmtpConnection(ours.server)
    try:
        result = server.send(mail.as_bytes(), sender.address, [to])
    except ServerDown as error:
        security_log.write("portal-mail-failed", tenant=session.tenant, why=str(error))
        return
    finally:
        server.close()
    if not isinstance(result, Accepted):
        security_log.write("portal-mail-failed", tenant=session.tenant, why=result.why)
