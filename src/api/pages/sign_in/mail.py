"""The mail with the code of a sign-in."""

from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from api.http.auth.people import Person
from api.http.server import security_log
from api.i18n.translate import Translation
from api.postman.email.smtp import Accepted, ServerDown, SmtpConnection
from api.postman.settings import settings, wanted


def can_send() -> bool:
    """Return whether there is a mail server."""
    return wanted() and settings().server is not None


def send(person: Person, code: str) -> None:
    """Send the code. A failure is written to the security log: the page must not show it, as that
    would tell strangers which addresses are known."""
    ours = settings()
    if ours.server is None or person.email is None:
        return
    words, mail = Translation(person.language), EmailMessage()
    domain = ours.sender.address.rpartition("@")[2]
    mail["From"], mail["To"] = ours.sender.address, person.email
    mail["Subject"] = words("{code} is your code for Dossier", code=code)
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=domain)
    mail["Auto-Submitted"] = "auto-generated"
    lines = [
        words("Your code is {code}. It is valid for 15 minutes, once.", code=code),
        words("Enter it on the page that is open in your browser."),
        words("If you did not ask for it, somebody typed your address: nothing happens."),
    ]
    mail.set_content("\n\n".join(lines) + "\n")
    server = SmtpConnection(ours.server)
    try:
        result = server.send(mail.as_bytes(), ours.sender.address, [person.email])
    except ServerDown as error:
        security_log.write("sign-in-mail-failed", name=person.name, why=str(error))
        return
    finally:
        server.close()
    if not isinstance(result, Accepted):
        security_log.write("sign-in-mail-failed", name=person.name, why=result.why)
