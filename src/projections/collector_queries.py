"""Finds the invoices and debtors to whom the rules would give another collector.

The conditions are those of ``policy/collectors.py``, in SQL. What a person or the ERP assigned is
left out.
"""

from typing import Any

from ledger.database.query import Query
from ledger.facts.playbook_rules import Collector, Rules, Segment

OPEN_INVOICES = (
    " from invoices i left join debtors d on d.tenant_id = %(tenant)s and d.number = i.debtor"
    " where i.tenant_id = %(tenant)s and i.open_amount > 0"
    " and (i.collector = '' or i.collector_by_rule)"
)
DEBTORS = (
    " from debtors d where d.tenant_id = %(tenant)s"
    " and (coalesce(d.collector, '') = '' or d.collector_by_rule)"
)
OWN = "when d.collector <> '' and not d.collector_by_rule then d.collector "


def invoices_otherwise(tenant: str, rules: Rules, after: str = "", limit: int = 500) -> Query[str]:
    """Find the numbers of the open invoices, in their order."""
    return _found("i.number", OPEN_INVOICES, "i.collector", True, tenant, rules, after, limit)


def debtors_otherwise(tenant: str, rules: Rules, after: str = "", limit: int = 500) -> Query[str]:
    """Find the numbers of the debtors, in their order."""
    given = "coalesce(d.collector, '')"
    return _found("d.number", DEBTORS, given, False, tenant, rules, after, limit)


def count_otherwise(tenant: str, rules: Rules) -> Query[int]:
    """Count the open invoices."""
    values: dict[str, Any] = {"tenant": tenant}
    wanted = _wanted(rules, True, values)
    counted = f"select count(*) as many{OPEN_INVOICES} and i.collector <> {wanted}"
    return Query(counted, values, lambda many: int(many))


def any_assigned(tenant: str) -> Query[bool]:
    """Return whether any debtor has a collector, or any invoice one by a rule."""
    return Query(
        "select exists (select from debtors where tenant_id = %(tenant)s and collector <> '')"
        " or exists (select from invoices where tenant_id = %(tenant)s and collector_by_rule)"
        " as found",
        {"tenant": tenant},
        lambda found: bool(found),
    )


def _found(
    number: str,
    among: str,
    given: str,
    of_invoices: bool,
    tenant: str,
    rules: Rules,
    after: str,
    limit: int,
) -> Query[str]:
    values: dict[str, Any] = {"tenant": tenant, "after": after, "limit": limit}
    wanted = _wanted(rules, of_invoices, values)
    return Query(
        f"select {number} as number{among} and {given} <> {wanted} and {number} > %(after)s"
        f" order by {number} limit %(limit)s",
        values,
        lambda number: str(number),
    )


def _wanted(rules: Rules, of_invoices: bool, values: dict[str, Any]) -> str:
    """Return the collector by the rules as SQL, and add its parameters to ``values``."""
    cases = OWN if of_invoices else ""
    for nth, rule in enumerate(rules.collectors):
        if of_invoices or not rule.is_of_invoices:
            holds = " and ".join(_conditions(rule, rules, of_invoices, f"r{nth}_", values))
            values[f"r{nth}"] = rule.collector
            cases += f"when {holds or 'true'} then %(r{nth})s::text "
    return f"case {cases}else '' end" if cases else "''"


def _conditions(
    rule: Collector, rules: Rules, of_invoices: bool, name: str, values: dict[str, Any]
) -> list[str]:
    number = "i.debtor" if of_invoices else "d.number"
    given: dict[str, tuple[Any, str]] = {
        "unit": (rule.business_unit, "i.business_unit = %s"),
        "country": (rule.country, "d.country = %s"),
        "language": (rule.language, "d.language = %s"),
        "amount": (rule.from_amount, "i.amount >= %s"),
        "from": (rule.from_number, _ordered(number, ">=")),
        "to": (rule.to_number, _ordered(number, "<=")),
    }
    found = list[str]()
    for key, (value, condition) in given.items():
        if value not in ("", None):
            values[name + key] = value
            found.append(condition.replace("%s", f"%({name}{key})s"))
    if rule.letters:
        values[f"{name}first"], _, values[f"{name}last"] = rule.letters.partition("-")
        found.append(LETTERS.format(name=name))
    if rule.segment:
        values[f"{name}segment"] = rule.segment
        found.append(f"{_segment(rules, of_invoices, name, values)} = %({name}segment)s")
    return found


LETTER = 'left(normalize(d.name, nfd), 1) collate "C"'
LETTERS = (
    f"({LETTER} between %({{name}}first)s and %({{name}}last)s"
    f" or {LETTER} between lower(%({{name}}first)s) and lower(%({{name}}last)s))"
)


def _ordered(number: str, sign: str) -> str:
    """Return the condition that orders numbers as people do: 999 comes before 1000."""
    return f'(length({number}), {number} collate "C") {sign} (length(%s::text), %s::text)'


def _segment(rules: Rules, of_invoices: bool, name: str, values: dict[str, Any]) -> str:
    """Return the debtor's segment as SQL, as ``policy/follow_up/segments.py`` decides it."""
    values |= {f"{name}ladders": [*rules.ladders], f"{name}else": rules.segment}
    cases = (
        f"when d.segment = any(%({name}ladders)s) then d.segment"
        f" when d.segment <> '' then %({name}else)s::text"
    )
    for nth, rule in enumerate(rules.segments):
        if of_invoices or not rule.business_unit:
            cases += _segment_case(rule, f"{name}s{nth}_", values)
    return f"case {cases} else %({name}else)s::text end"


def _segment_case(rule: Segment, name: str, values: dict[str, Any]) -> str:
    holds = list[str]()
    for key, value, column in (
        ("unit", rule.business_unit, "i.business_unit"),
        ("country", rule.country, "d.country"),
    ):
        if value:
            values[name + key] = value
            holds.append(f"{column} = %({name}{key})s")
    if rule.vat_id != "any":
        holds.append("d.vat_id <> ''" if rule.vat_id == "known" else "coalesce(d.vat_id, '') = ''")
    values[name + "segment"] = rule.segment
    return f" when {' and '.join(holds) or 'true'} then %({name}segment)s::text"
