"""Signs of automatic e-mail: those of RFC 3834 and of programs that do not follow it.

X-Auto-Response-Suppress is no sign: Exchange sets it on what people write, too.
"""

import re
from collections.abc import Iterator
from email.message import Message as Mail

from api.mail.headers import addresses, first, values

ANSWERERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From")
AWAY = re.compile(  # the begin of a machine's subject; a reply to it begins with "Re:"
    r"(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|"
    r"abwesenheits\w{3,20}|automatische antwort|automatisch antwoord|automatische beantwoording|"
    r"afwezigheids\w{3,20}|niet aanwezig|réponse automatique|absence du bureau|"
    r"respuesta automática|resposta automática|risposta automatica|automatiskt svar|"
    r"automatisk svar|autosvar|automaattinen vastaus|odpowiedź automatyczna|"
    r"autoodpowiedź|automatická odpověď|автоответ)\b",
    re.I,
)
MACHINES = re.compile(r"(?:mailer-daemon|mail-daemon|mdaemon|postmaster|mailerdaemon)@", re.I)


def automatic_signs(mail: Mail) -> tuple[str, ...]:
    """Return the signs that no person wrote it; empty if a person may have."""
    return tuple(_automatic(mail))


def list_signs(mail: Mail) -> tuple[str, ...]:
    """Return the header fields that show a mailing list."""
    found = [name for name in ("List-Id", "List-Post") if values(mail, name)]
    if first(mail, "Precedence").lower() in ("list", "bulk"):
        found.append(f"Precedence: {first(mail, 'Precedence').lower()}")
    return tuple(found)


def null_sender(mail: Mail) -> bool:
    """Return whether no bounce can come back to it, as with bounces and out-of-office notes."""
    found = values(mail, "Return-Path")
    return bool(found) and found[0].strip() == "<>"


def from_machine(mail: Mail) -> bool:
    """Return whether the sender is a mail server."""
    return any(MACHINES.match(address.mail) for address in addresses(mail, "From", "Sender"))


def report_type(mail: Mail) -> str:
    """Return the type of a report (RFC 6522), such as delivery-status; empty for any other mail."""
    if mail.get_content_type() != "multipart/report":
        return ""
    return str(mail.get_param("report-type") or "unknown").lower()


def _automatic(mail: Mail) -> Iterator[str]:
    submitted = first(mail, "Auto-Submitted").lower().split(";")[0].strip()
    if submitted and submitted != "no":
        yield f"Auto-Submitted: {submitted}"
    yield from (name for name in ANSWERERS if values(mail, name))
    precedence = first(mail, "Precedence").lower()
    if precedence in ("auto_reply", "auto-reply", "junk"):
        yield f"Precedence: {precedence}"
    if null_sender(mail):
        yield "Return-Path: <>"
    if report := report_type(mail):
        yield f"report: {report}"
    if from_machine(mail):
        yield "sent by a mail server"
    if found := AWAY.match(first(mail, "Subject")):
        yield f"Subject: {found[0]}"
