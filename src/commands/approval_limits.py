"""The one check of approval limits: every event of every command passes it, in both pipelines."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ledger.facts.books import INVOICE
from ledger.facts.codes import ZERO
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.approval import approved_before, given_away, limit_left
from ledger.policy.refusal import Refused

Limits = Callable[[], Rules | None]  # the rules whose approval limits hold, read when needed


def no_limits() -> None:
    """Return no rules: everybody may give everything away."""


def unapproved(
    start: Invoice,
    state: Invoice,
    event: Any,
    by: str,
    limits: Limits,
    reports: bool,
    must_be: bool,
) -> Decimal:
    """Return what the event gives away beyond what was approved and ``by`` may decide.

    ``start`` is the invoice before the command. A fact that ``must_be`` recorded is not refused:
    a source ``reports`` it, or the command does. Raises ``Refused``.
    """
    amount = given_away(state, event, INVOICE.after(state, event), reports)
    amount -= approved_before(start, event) if amount else ZERO
    limit = limit_left(start, by, limits()) if amount > 0 else None
    if limit is None or amount <= limit:
        return ZERO
    if not must_be:
        raise Refused("beyond-approval", amount=amount, limit=limit)
    return amount
