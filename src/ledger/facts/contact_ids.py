"""The ids of contacts and of the holds that follow from them, so that each is recorded once."""

from uuid import NAMESPACE_URL, UUID, uuid5

OF_WHATSAPP = "wamid."  # how its ids begin


def contact_id_of(mail: str) -> UUID:
    """The contact that a mail is, in whichever book: that of its own id, where it has one."""
    own = "@" in mail or mail.startswith(OF_WHATSAPP)
    return contact_id_of_message(mail) if own else uuid5(NAMESPACE_URL, f"sha256:{mail}")


REPLY = "reply"  # why follow-up rests


def reply_hold(contact_id: UUID) -> UUID:
    """The hold that a reply brings, so that it brings one."""
    return uuid5(contact_id, REPLY)


def contact_id_of_message(message_id: str) -> UUID:
    """The same message is the same contact, however often it comes in."""
    return uuid5(NAMESPACE_URL, f"mid:{message_id.strip()}")
