"""Ids of contacts, so that each is recorded once."""

from uuid import NAMESPACE_URL, UUID, uuid5

OF_WHATSAPP = "wamid."  # how WhatsApp's message ids begin


def contact_id_of(mail: str) -> UUID:
    """Return the id of the contact that a mail is: by its Message-ID, else by its SHA-256."""
    own = "@" in mail or mail.startswith(OF_WHATSAPP)
    return contact_id_of_message(mail) if own else uuid5(NAMESPACE_URL, f"sha256:{mail}")


def confirmed_contact(contact_id: UUID) -> UUID:
    """Return the id of a contact that is logged again, as a person confirmed its sender."""
    return uuid5(contact_id, "confirmed")


def is_contact(logged: UUID, named: UUID) -> bool:
    """Return whether a logged contact is the ``named`` one, as it came in or as confirmed."""
    return logged in (named, confirmed_contact(named))


def contact_id_of_message(message_id: str) -> UUID:
    """Return the id of the contact: the same for each copy of the message."""
    return uuid5(NAMESPACE_URL, f"mid:{message_id.strip()}")
