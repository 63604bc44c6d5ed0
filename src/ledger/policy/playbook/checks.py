"""Checks of a playbook before it is applied."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from ledger.facts.playbook_rules import (
    Collector,
    DisputePhrases,
    DisputePolicy,
    Ladder,
    Rules,
    ShortPayments,
    Step,
)
from ledger.policy import business_days
from ledger.policy.disputes.concepts import check_concept_word, combination
from ledger.policy.disputes.phrases import phrase
from ledger.policy.follow_up.contact_days import WEEKDAYS
from ledger.policy.follow_up.schedule import DAY
from ledger.policy.playbook.in_force import concept_names
from ledger.policy.refusal import Refused

MAX_AMOUNT = Decimal(10) ** 15
YEAR = timedelta(days=366)


def check_playbook(rules: Rules) -> None:
    """Raise ``Refused`` with the position of the fault, as ``rules/…``."""
    if rules.segment not in rules.ladders:
        ladders = ", ".join(rules.ladders)
        raise Refused("no-default-ladder", "rules/segment", segment=rules.segment, ladders=ladders)
    if not business_days.is_supported(rules.calendar.country, rules.calendar.region):
        place = f"{rules.calendar.country} {rules.calendar.region}".strip()
        raise Refused("holidays-not-known", "rules/calendar", place=place)
    _check_segments(rules)
    _check_quiet(rules)
    _check_collectors(rules)
    for segment, ladder in rules.ladders.items():
        _check_amount(ladder.from_amount, f"rules/ladders/{segment}/from_amount")
        _check_ladder(ladder, f"rules/ladders/{segment}")
    for language, wording in (rules.wording or {}).items():
        _check_wording(wording, f"rules/wording/{language}")
    _check_together(rules)
    _check_handling(rules.disputes, "rules/disputes")
    for reason in rules.reasons:
        _check_handling(rules.handling(reason), f"rules/reasons/{reason.value}")
    _check_short_payments(rules.short_payments)
    for nth, approver in enumerate(rules.approvers):
        _check_amount(approver.up_to, f"rules/approvers/{nth}/up_to")
    for nth, (lower, higher) in enumerate(pairwise(rules.approvers)):
        if lower.up_to is None or (higher.up_to is not None and higher.up_to <= lower.up_to):
            raise Refused("approver-never-asked", f"rules/approvers/{nth}")


def _check_short_payments(rules: ShortPayments) -> None:
    _check_amount(rules.tolerance, "rules/short_payments/tolerance")
    percent, place = rules.tolerance_percent, "rules/short_payments/tolerance_percent"
    _check_amount(percent, place)
    if percent is not None and percent > 100:
        raise Refused("tolerance-above-all", place)


def _check_amount(amount: Decimal | None, place: str) -> None:
    """A decimal read from text may be NaN, infinite or too large."""
    if amount is not None and not (amount.is_finite() and 0 <= amount < MAX_AMOUNT):
        raise Refused("not-an-amount", place, amount=amount)


def _check_ladder(ladder: Ladder, place: str) -> None:
    if not ladder.steps:
        raise Refused("ladder-without-steps", f"{place}/steps")
    names = [step.step for step in ladder.steps]
    for nth, step in enumerate(ladder.steps):
        where = f"{place}/steps/{nth}"
        given = [step.before_due, step.after_due, step.after_previous]
        if sum(days is not None for days in given) != 1:
            raise Refused("step-needs-one-day", where)
        if names.index(step.step) != nth:
            raise Refused("step-twice", f"{where}/step", step=step.step)
        if not step.channels:
            raise Refused("step-without-channel", f"{where}/channels")
        if nth == 0 and step.after_previous is not None:
            raise Refused("first-step-after-previous", f"{where}/after_previous")
    for nth, (step, after) in enumerate(pairwise(ladder.steps), 1):
        if after.after_previous is None and _from_due(after) <= _from_due(step):
            where = f"{place}/steps/{nth}"
            raise Refused("step-out-of-order", where, later=after.step, earlier=step.step)
    if ladder.repeat and ladder.steps[-1].before_due is not None:
        raise Refused("repeat-before-due", f"{place}/repeat")


def _from_due(step: Step) -> timedelta:
    """Return the distance from the due date; zero for a step that follows another."""
    return timedelta(days=step.after_due or 0) - timedelta(days=step.before_due or 0)


def _check_wording(wording: DisputePhrases, place: str) -> None:
    named = {f"signs/{reason.value}": phrases for reason, phrases in wording.signs.items()}
    named |= {"unless_after": wording.unless_after, "ignore": wording.ignore}
    for name, phrases in named.items():
        _check_phrases(phrases, phrase, f"{place}/{name}")
    for concept, words in wording.concepts.items():
        _check_phrases(words, check_concept_word, f"{place}/concepts/{concept}")


def _check_together(rules: Rules) -> None:
    """A combination names concepts that some language has: of the rules, else as shipped."""
    for reason, combinations in (rules.together or {}).items():
        place, known = f"rules/together/{reason.value}", concept_names(rules)

        def named(words: str, known: frozenset[str] = known) -> None:
            item = combination(words)
            if unknown := sorted((item.needs | item.without) - known):
                raise ValueError(f"{unknown[0]!r} is not a concept of the wording")

        _check_phrases(combinations, named, place)


def _check_phrases(phrases: Sequence[str], check: Callable[[str], object], place: str) -> None:
    for nth, words in enumerate(phrases):
        try:
            check(words)
        except ValueError as error:
            raise Refused("phrase-not-readable", f"{place}/{nth}", fault=str(error)) from None


def _check_handling(handling: DisputePolicy, place: str) -> None:
    for nth, resolver in enumerate(handling.resolvers):
        _check_amount(resolver.from_amount, f"{place}/resolvers/{nth}/from_amount")
    for nth, resolver in enumerate(handling.resolvers[:-1]):
        if not (resolver.business_unit or resolver.debtor or resolver.from_amount):
            where = f"{place}/resolvers/{nth}"
            raise Refused("resolver-never-asked", where, resolver=resolver.resolver)
    if handling.resolve_within < handling.answer_within:
        raise Refused("resolved-before-answered", f"{place}/resolve_within")


def _check_segments(rules: Rules) -> None:
    for nth, rule in enumerate(rules.segments):
        place = f"rules/segments/{nth}"
        if rule.segment not in rules.ladders:
            raise Refused("no-ladder", f"{place}/segment", segment=rule.segment)
        if not (rule.business_unit or rule.country or rule.vat_id != "any"):
            raise Refused("segment-without-condition", place)


def _check_collectors(rules: Rules) -> None:
    for nth, rule in enumerate(rules.collectors):
        place, letters = f"rules/collectors/{nth}", rule.letters.split("-")
        _check_amount(rule.from_amount, f"{place}/from_amount")
        if rule.segment and rule.segment not in rules.ladders:
            raise Refused("no-ladder", f"{place}/segment", segment=rule.segment)
        if letters != sorted(letters):
            raise Refused("range-turned-round", f"{place}/letters")
        low, high = rule.from_number, rule.to_number
        if low and high and (len(low), low) > (len(high), high):
            raise Refused("range-turned-round", f"{place}/to_number")
        if nth + 1 < len(rules.collectors) and rule == Collector(rule.collector):
            raise Refused("collector-for-all", place, collector=rule.collector)


def _check_quiet(rules: Rules) -> None:
    for nth, quiet in enumerate(rules.quiet):
        place, first, last = f"rules/quiet/{nth}", quiet.first, quiet.last
        if (quiet.weekday is None) == (first is None):
            raise Refused("quiet-needs-one-day", place)
        if last and not (first and DAY <= last - first + DAY <= YEAR):
            raise Refused("quiet-too-long", f"{place}/last")
    weekdays = {quiet.weekday for quiet in rules.quiet}
    if weekdays.issuperset(WEEKDAYS[: business_days.SATURDAY]):
        raise Refused("no-contact-day-left", "rules/quiet")
