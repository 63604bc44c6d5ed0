"""Channels by which a debtor can be reached."""

from collections.abc import Iterable

from ledger.facts.codes import Channel
from ledger.facts.debtor import Debtor
from ledger.policy.validation import is_valid_email

USES = {Channel.EMAIL: "email", Channel.LETTER: "address"}  # the field that a channel needs


def channel_for(debtor: Debtor, channels: Iterable[Channel]) -> Channel | None:
    """Return the first of the channels by which the debtor can be reached."""
    return next((channel for channel in channels if can_reach(debtor, channel)), None)


def can_reach(debtor: Debtor, channel: Channel) -> bool:
    """Return whether the debtor has a usable address for the channel: not one that refused mail."""
    if channel is Channel.EMAIL:
        email = debtor.email or ""
        return is_valid_email(email) and email.lower() not in debtor.refused
    return channel is Channel.LETTER and bool(debtor.address)
