"""The rules as a page shows them: each in the reader's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from api.i18n.translate import Translation
from api.pages.desk.frame import Reader
from ledger.facts.codes import Reason
from ledger.facts.playbook_rules import Collector, Ladder, Resolver, Rules, Step
from ledger.policy import business_days

AHEAD = timedelta(days=120)  # of the holidays that are shown
TEMPLATES = {
    "invoice-copy": "copy of the invoice",
    "reminder": "reminder",
    "final-notice": "final notice",
    "fourteen-days": "14-day letter",
}


@dataclass(frozen=True)
class ReadableStep:
    """A step of a ladder."""

    name: str
    when: str
    channels: str
    template: str
    pays: str


@dataclass(frozen=True)
class ReadableReason:
    """How disputes of a reason are handled."""

    name: str
    is_own: bool  # has rules of its own
    resolvers: Sequence[str]
    department: str
    asks: str
    answers: str
    resolves: str
    is_whole: bool
    escalates: str


class Readable:
    """The rules, in the words of a reader."""

    def __init__(self, rules: Rules, reader: Reader) -> None:
        self.rules, self.reader, self.words = rules, reader, reader.words

    def steps(self, ladder: Ladder) -> list[ReadableStep]:
        return [self._step(step) for step in ladder.steps]

    def _step(self, step: Step) -> ReadableStep:
        words = self.words
        channels = f" {words('or')} ".join(words(channel.value) for channel in step.channels)
        template = words(TEMPLATES.get(step.template, step.template))
        pays = words.number_of(
            step.pay_within, "asks for payment in 1 day", "asks for payment in {count} days"
        )
        return ReadableStep(step.step, _when(step, words), channels, template, pays)

    def repetition(self, ladder: Ladder) -> str:
        if not ladder.repeat:
            return ""
        every = self._days(ladder.repeat.every)
        times = self.words.number_of(ladder.repeat.at_most, "once", "{count} times at most")
        return self.words("The last step is repeated every {every}, {times}.",
                          every=every, times=times)  # fmt: skip

    def reasons(self) -> Iterator[ReadableReason]:
        """Yield every reason, in the order of the codes."""
        for reason in Reason:
            rules = self.rules.handling(reason)
            own = self.rules.reasons.get(reason)
            yield ReadableReason(
                (own and own.name) or self.words.code(reason),
                own is not None,
                [*map(self._resolver, rules.resolvers)],
                rules.department,
                rules.asks,
                self._days(rules.answer_within),
                self._days(rules.resolve_within),
                rules.rests_whole,
                rules.escalate_to,
            )

    def _resolver(self, resolver: Resolver) -> str:
        least = [self._from(resolver.from_amount)] if resolver.from_amount is not None else []
        return _for(resolver.resolver, [resolver.business_unit, resolver.debtor, *least])

    def approvers(self) -> Iterator[tuple[str, str]]:
        for approver in self.rules.approvers:
            limit = self.words("any amount")
            if approver.up_to is not None:
                limit = self.words("up to {amount}", amount=self._figures(approver.up_to))
            yield approver.approver, limit

    def collectors(self) -> Iterator[str]:
        return map(self._collector, self.rules.collectors)

    def _collector(self, rule: Collector) -> str:
        numbers = (
            f"{rule.from_number}-{rule.to_number}" if rule.from_number or rule.to_number else ""
        )
        least = [self._from(rule.from_amount)] if rule.from_amount is not None else []
        places = [rule.segment, rule.business_unit, rule.country, rule.language]
        return _for(rule.collector, [*places, rule.letters, numbers, *least])

    def holidays(self) -> Iterator[str]:
        """Yield the days of the next months on which nothing is sent, but for weekends."""
        calendar, day = self.rules.calendar, self.reader.today
        for _ in range(AHEAD.days):
            day += timedelta(days=1)
            if day.weekday() < 5 and not business_days.is_business_day(day, calendar):
                yield self.words.weekday(day, self.reader.today)

    def quiet(self) -> Iterator[str]:
        for period in self.rules.quiet:
            days = [self.reader.day(day) for day in (period.first, period.last) if day]
            when = self.words(period.weekday) if period.weekday else " - ".join(days)
            yield f"{when}: {period.why}" if period.why else when

    def segment_rules(self) -> Iterator[str]:
        for rule in self.rules.segments:
            vat = {"known": self.words("with a VAT number"),
                   "unknown": self.words("without a VAT number")}.get(rule.vat_id, "")  # fmt: skip
            yield _for(rule.segment, [rule.business_unit, rule.country, vat])

    def least(self, ladder: Ladder) -> str:
        return self._from(ladder.from_amount)

    def _from(self, amount: Decimal) -> str:
        return self.words("from {amount}", amount=self._figures(amount))

    def _figures(self, amount: Decimal) -> str:
        return self.words.figures(amount, "")

    def _days(self, days: int) -> str:
        return self.words.number_of(days, "1 day", "{count} days")


def _for(name: str, conditions: Sequence[str]) -> str:
    given = ", ".join(filter(None, conditions))
    return f"{name} ({given})" if given else name


def _when(step: Step, words: Translation) -> str:
    if step.before_due is not None:
        return words.number_of(
            step.before_due, "1 day before it is due", "{count} days before it is due"
        )
    if step.after_due is not None:
        return words.number_of(
            step.after_due, "1 day after it was due", "{count} days after it was due"
        )
    days = step.after_previous or 0
    return words.number_of(
        days, "1 day after the step before", "{count} days after the step before"
    )
