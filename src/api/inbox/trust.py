"""Whom an inbound message is believed to be from.

An e-mail is believed when the mail server of ``$DOSSIER_MAIL_AUTHSERV`` found that DMARC or an
aligned DKIM signature holds; without that setting, when it is sent to a signed reply address of
ours. A bounce is believed when it quotes a signed Message-ID: its sender proves nothing.
"""

import os
import re

from api.mail.authentication import findings, is_authentic, is_signed
from commands.inbox.matching import RepliedMessage
from commands.inbox.message import MessageKind, ParsedMessage
from ledger.facts.codes import Channel
from ledger.facts.inbound import MatchRule

SETTING = "DOSSIER_MAIL_AUTHSERV"
NAME = re.compile(r"[^\s;()\"]+")


def servers() -> frozenset[str]:
    """Return the names of the mail servers that we believe. Raises ``ValueError``."""
    names = os.environ.get(SETTING, "").lower().split()
    if wrong := next((name for name in names if not NAME.fullmatch(name)), None):
        raise ValueError(f"{SETTING}: {wrong!r} is no name of a server, such as mx.acme.example")
    return frozenset(names)


def description() -> str:
    """Return which mails are believed, as the settings stand."""
    if names := sorted(servers()):
        return f"believed when {' or '.join(names)} finds that DMARC or aligned DKIM passes"
    return f"believed only when sent to a signed reply address; {SETTING} is not set"


def is_believed(mail: ParsedMessage, answered: RepliedMessage | None, ours: bool) -> bool:
    """Return whether its sender is who it names; ``ours``: it names our own mailbox."""
    if mail.channel is not Channel.EMAIL:
        return True
    if mail.kind is MessageKind.BOUNCE:
        return answered is not None and answered.keyed
    if not mail.single_sender or not mail.from_:
        return False
    domain, known = mail.from_[0].mail.rpartition("@")[2], servers()
    found = findings(mail.findings, known)
    if ours:
        return is_signed(found, domain)
    if known:
        return is_authentic(found, domain)
    return answered is not None and answered.rule is MatchRule.REPLY_ADDRESS
