"""A check of all environment variables before a process that runs unattended starts."""

from api.environment import LIMITS, limit
from api.inbox.trust import servers
from api.links.urls import public_url
from api.mailbox.imap import mailboxes
from api.postman.settings import settings, wanted
from api.whatsapp.settings import settings as whatsapp


def check() -> None:
    """Raise ``ValueError`` that names the invalid variable."""
    for name in LIMITS:
        limit(name)
    public_url()
    mailboxes()
    servers()
    whatsapp()
    if wanted():
        settings()
