"""The plan of the year: the invoices and their stories."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from api.demo import payment_stories, promise_stories, rare_stories
from api.demo.case import cases
from api.demo.dispute_stories import dispute
from api.demo.texts import BANKRUPT, BY_NUMBER, FIRMS, Firm
from api.demo.virtual_clock import END, Story, World, workdays

Plot = Callable[[World, tuple[str, ...], Random], Story]


@dataclass(frozen=True)
class Role:
    """A story of the year: ``when`` (0 to 1), and over how many invoices."""

    plot: Plot
    when: float
    size: int = 1
    language: str = ""
    firm: str = ""
    ware: str = ""  # the start of the first line's name


@dataclass(frozen=True)
class Order:
    """The invoices of a story: issued on the same day to the same debtor."""

    numbers: tuple[str, ...]
    issued_on: date
    firm: Firm
    role: Role


def roles() -> list[Role]:
    """Return the stories of every year; all other invoices are paid around their due date."""
    script = cases()
    some = [
        Role(
            partial(dispute, case),
            0.02 + 0.78 * nth / len(kind),
            3 if "several" in case.turns else 1,
            case.language,
            ware=case.ware,
        )
        for kind in (script.goods, script.accounts)
        for nth, case in enumerate(kind)
    ]
    some += [
        Role(partial(dispute, case), when, firm=firm, ware=case.ware)
        for case, (when, firm) in zip(script.open, _LAST_WEEKS.items(), strict=True)
    ]
    for plot, *places in _OFTEN:
        some += [Role(plot, place) for place in places]
    return some + list(_ONCE)


_LAST_WEEKS = {0.9: "D-4001", 0.905: "D-2002", 0.95: "D-3003", 0.962: "D-1010", 0.982: "D-1002"}
_OFTEN: tuple[tuple[Plot, *tuple[float, ...]], ...] = (
    (promise_stories.keeps, 0.05, 0.28, 0.47, 0.66),
    (promise_stories.breaks, 0.1, 0.5),
    (promise_stories.keeps_half, 0.33),
    (promise_stories.takes_back, 0.2),
    (payment_stories.in_parts, 0.12, 0.4, 0.7),
    (payment_stories.nothing_at_all, 0.25),
    (payment_stories.two_cents_short, 0.6),
    (payment_stories.debited, 0.3, 0.75),
    (rare_stories.came_back, 0.15),
    (rare_stories.asks_a_copy, 0.22, 0.55),
    (rare_stories.held, 0.18),
    (rare_stories.held_in_part, 0.42),
    (rare_stories.charged, 0.35),
    (rare_stories.wrong_date, 0.45),
    (rare_stories.wrong_customer, 0.52),
    (rare_stories.to_agency, 0.08),
    (rare_stories.to_agency_and_back, 0.38),
)
_ONCE = (
    Role(rare_stories.bankrupt, 0.3, firm=BANKRUPT),
    Role(rare_stories.debtor_rests, 0.58, firm="D-3004"),
    Role(payment_stories.single_transfer, 0.48, 2, firm="D-1010"),
    Role(payment_stories.lost_money, 0.88, firm="D-1006"),
    Role(payment_stories.too_much, 0.89, firm="D-3003"),
    Role(payment_stories.never, 0.72, firm="D-4003", ware="Deck oven"),
    Role(payment_stories.never, 0.82, firm="D-1005"),
    Role(promise_stories.broke_last_week, 0.8, firm="D-2004"),
    Role(promise_stories.promised_for_july, 0.83, firm="D-1007"),
    Role(promise_stories.promised_till_now, 0.84, firm="D-4002"),
    Role(payment_stories.never, 0.925, firm="D-5001"),
    Role(rare_stories.hold_is_over, 0.85, firm="D-1002"),
)


MIN_INVOICES = sum(role.size for role in roles())  # invoices of a year


def plan(dice: Random, invoices: int) -> list[Order]:
    """Place the stories in the year, and fill up with invoices that are simply paid.

    Raises ``ValueError`` when there are too few invoices.
    """
    chosen = sorted(roles(), key=lambda role: role.when)
    free = invoices - MIN_INVOICES
    if free < 0:
        raise ValueError(f"a year needs at least {MIN_INVOICES} invoices")
    chosen += [Role(payment_stories.alone, (nth + 0.5) / free) for nth in range(free)]
    orders, number, days = list[Order](), 0, workdays(END - timedelta(days=3))
    for role in sorted(chosen, key=lambda role: role.when):
        day = days[int(role.when * len(days))]
        numbers = tuple(f"{day.year}-{number + n + 1001}" for n in range(role.size))
        number += role.size
        orders.append(Order(numbers, day, _firm(role, dice), role))
    return orders


def _firm(role: Role, dice: Random) -> Firm:
    if role.firm:
        return BY_NUMBER[role.firm]
    fitting = [firm for firm in FIRMS if role.language in ("", firm.language)]
    if role.when > 0.3:
        fitting = [firm for firm in fitting if firm.number != BANKRUPT]
    return dice.choice(fitting)
