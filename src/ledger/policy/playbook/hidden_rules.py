"""Rules for all disputes that do not reach each reason, because some have their own."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict
from msgspec.structs import replace as but

from ledger.facts.playbook_rules import DisputePolicy, ReasonPolicy, Rules


def hidden_rules(before: Rules, after: Rules) -> Iterator[str]:
    """Yield a warning for each new rule for all disputes that reasons with their own hide."""
    old, new = asdict(before.disputes), asdict(after.disputes)
    for name, rule in new.items():
        if name == "name" or rule == old[name]:
            continue
        own = [key.value for key, of in after.reasons.items() if of.own.get(name, rule) != rule]
        if own:
            yield f"disputes/{name} does not reach {', '.join(own)}: their own `{name}` holds"


def without_shared(rules: Rules) -> Rules:
    """Return the rules without those of a reason that repeat a rule for all disputes.

    Only for a reason for which each rule is given: nobody wrote all of them, an older Dossier did.
    """
    reasons = {
        reason: _without_shared(policy, rules.disputes) for reason, policy in rules.reasons.items()
    }
    return but(rules, reasons=reasons)


def _without_shared(policy: ReasonPolicy, disputes: DisputePolicy) -> ReasonPolicy:
    shared: dict[str, Any] = asdict(disputes)
    if policy.own.keys() != shared.keys():
        return policy
    return ReasonPolicy(
        **{
            name: rule
            for name, rule in policy.own.items()
            if rule != ("" if name == "name" else shared[name])
        }
    )
