"""The resolver of a dispute by the playbook, and who counts as a colleague."""

from ledger.facts.codes import ZERO
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.case_part import Parts


def resolver_of(rules: Rules, parts: Parts) -> str:
    """Return the first resolver of the playbook whose conditions all hold; empty without one."""
    amount = sum((part.dispute.disputed for part in parts), ZERO)
    for rule in rules.handling(parts[0].dispute.reason).resolvers:
        if (
            all(rule.business_unit in ("", part.invoice.business_unit) for part in parts)
            and all(rule.debtor in ("", part.invoice.debtor) for part in parts)
            and (rule.from_amount is None or amount >= rule.from_amount)
        ):
            return rule.resolver
    return ""


def is_colleague(rules: Rules, resolver: str, who: str) -> bool:
    """Return whether the playbook names the person, or their mail has the resolver's domain.

    Only colleagues may be named as resolvers through a link: they receive the debtor's file.
    """
    named = {
        name
        for policy in (rules.disputes, *map(rules.handling, rules.reasons))
        for name in (
            *(rule.resolver for rule in policy.resolvers),
            *policy.copy_to,
            policy.escalate_to,
        )
    }
    domain = resolver.rpartition("@")[2].lower() if "@" in resolver else ""
    return who in named or (domain != "" and who.rpartition("@")[2].lower() == domain)
