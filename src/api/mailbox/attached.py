"""What a person attached to his mail is a document of its invoices, by the name that he gave it."""

from collections.abc import Iterator

from api.mail.message import Message
from api.mailbox.follows import Mail
from commands.contacts import AttachDocument
from ledger.incoming import Sender

NAMELESS = "attachment"


def attached(mail: Mail, read: Message) -> Iterator[AttachDocument]:
    """Not of a machine, nor of somebody whom we do not know there."""
    if mail.received.sender is not Sender.PERSON or not mail.theirs:
        return
    for number in mail.matched.invoices:
        for one in read.attachments:
            yield AttachDocument(
                on=mail.received.on,
                invoice=number,
                sha256=one.sha256,
                name=one.name.strip() or NAMELESS,
                media_type=one.media_type,
                size=len(one.content),
            )
