"""Who solves a dispute by the playbook, and who is a colleague."""

from ledger.facts.codes import ZERO
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.case_part import Parts


def resolver_of(rules: Rules, parts: Parts) -> str:
    """Who solves it by the playbook: the first whose conditions all hold; empty when nobody."""
    amount = sum((one.dispute.disputed for one in parts), ZERO)
    for rule in rules.handling(parts[0].dispute.reason).resolvers:
        if (
            all(rule.business_unit in ("", one.invoice.business_unit) for one in parts)
            and all(rule.debtor in ("", one.invoice.debtor) for one in parts)
            and (rule.from_amount is None or amount >= rule.from_amount)
        ):
            return rule.resolver
    return ""


def is_colleague(rules: Rules, resolver: str, who: str) -> bool:
    """The playbook names him, or his mail is of the same domain as that of who was asked.

    Nobody else is sent a debtor's file because a link says so.
    """
    named = {
        name
        for one in (rules.disputes, *rules.reasons.values())
        for name in (*(rule.resolver for rule in one.resolvers), *one.copy_to, one.escalate_to)
    }
    domain = resolver.rpartition("@")[2].lower() if "@" in resolver else ""
    return who in named or (domain != "" and who.rpartition("@")[2].lower() == domain)
