"""Looks at the whole environment, so that what runs unattended does not begin with half of it."""

from api.environment import LIMITS, limit
from api.links.urls import public_url
from api.mailbox.imap import mailboxes
from api.postman.settings import settings, wanted
from api.whatsapp.settings import settings as whatsapp


def check() -> None:
    """Raises ``ValueError`` saying which variable is wrong."""
    for name in LIMITS:
        limit(name)
    public_url()
    mailboxes()
    whatsapp()
    if wanted():
        settings()
