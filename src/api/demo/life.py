"""The plan of the year: which invoices there are, and which story each of them lives."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from api.demo import odd, paying, promising
from api.demo.cases import CASES, OPEN, Case
from api.demo.disputing import dispute
from api.demo.people import clock, collector
from api.demo.replay import END, Story, World, play, workdays
from api.demo.words import BANKRUPT, BY_NUMBER, COLLECTORS, FIRMS, WARES, Firm
from commands.debtors import RegisterDebtor
from commands.invoices import BilledLine, Due, RecordDelivery, RecordSending, RegisterInvoice
from ledger.codes import Channel
from ledger.store import Ledger

Plot = Callable[[World, tuple[str, ...], Random], Story]
CENT = Decimal("0.01")
VAT = {"NL": Decimal("1.09")}  # food; none within the Union


@dataclass(frozen=True)
class Role:
    """A story that must be told: when in the year (0 to 1), and over how many invoices."""

    plot: Plot
    when: float
    size: int = 1
    language: str = ""
    firm: str = ""
    ware: str = ""  # begins the name of what is billed first


@dataclass(frozen=True)
class Order:
    """What one story is about: invoices of one day, to one debtor."""

    numbers: tuple[str, ...]
    issued_on: date
    firm: Firm
    role: Role


def live(ledger: Ledger, seed: int, invoices: int, day_over: Callable[[int], None]) -> World:
    """Plays the year into the ledger; what is there already stays as it is.

    Raises ``ValueError`` when there are too few invoices for all that must happen.
    """
    world = World(ledger, seed)
    orders = plan(world.random("plan"), invoices)
    stories: list[Story] = [_debtors(world)]
    stories += [_begin(world, order) for order in orders]
    stories += [collector(world, who) for who in COLLECTORS]
    play(world, [*stories, clock(world)], day_over)
    return world


def roles() -> list[Role]:
    """Everything that a year must have. All else is paid around its due date."""
    some = [
        Role(
            _case(case), 0.02 + 0.78 * nth / len(CASES), _size(case), case.language, ware=case.ware
        )
        for nth, case in enumerate(CASES)
    ]
    some += [
        Role(_case(case), when, firm=firm, ware=case.ware)
        for case, (when, firm) in zip(OPEN, _LAST_WEEKS, strict=True)
    ]
    for plot, *places in _OFTEN:
        some += [Role(plot, place) for place in places]
    return some + list(_ONCE)


_LAST_WEEKS = (
    (0.90, "D-4001"),
    (0.905, "D-2002"),
    (0.95, "D-3003"),
    (0.962, "D-1010"),
    (0.982, "D-1002"),
)
_OFTEN: tuple[tuple[Plot, *tuple[float, ...]], ...] = (
    (promising.keeps, 0.05, 0.28, 0.47, 0.66),
    (promising.breaks, 0.1, 0.5),
    (
        promising.keeps_half,
        0.33,
    ),
    (
        promising.takes_back,
        0.2,
    ),
    (paying.in_parts, 0.12, 0.4, 0.7),
    (
        paying.nothing_at_all,
        0.25,
    ),
    (
        paying.two_cents_short,
        0.6,
    ),
    (paying.debited, 0.3, 0.75),
    (
        odd.came_back,
        0.15,
    ),
    (odd.asks_a_copy, 0.22, 0.55),
    (
        odd.held,
        0.18,
    ),
    (
        odd.held_in_part,
        0.42,
    ),
    (
        odd.charged,
        0.35,
    ),
    (
        odd.wrong_date,
        0.45,
    ),
    (
        odd.wrong_customer,
        0.52,
    ),
    (
        odd.to_agency,
        0.08,
    ),
    (
        odd.to_agency_and_back,
        0.38,
    ),
)
_ONCE = (
    Role(odd.bankrupt, 0.3, firm=BANKRUPT),
    Role(odd.debtor_rests, 0.58, firm="D-3004"),
    Role(paying.one_sum, 0.48, 2, firm="D-1010"),
    Role(paying.lost_money, 0.88, firm="D-1006"),
    Role(paying.too_much, 0.89, firm="D-3003"),
    Role(paying.never, 0.72, firm="D-4003", ware="Deck oven"),
    Role(paying.never, 0.82, firm="D-1005"),
    Role(promising.broke_last_week, 0.8, firm="D-2004"),
    Role(promising.promised_for_july, 0.83, firm="D-1007"),
    Role(promising.promised_till_now, 0.84, firm="D-4002"),
    Role(odd.hold_is_over, 0.85, firm="D-1002"),
)


def _case(case: Case) -> Plot:
    def plot(world: World, numbers: tuple[str, ...], dice: Random) -> Story:
        return dispute(world, case, numbers)

    return plot


def _size(case: Case) -> int:
    return 3 if "several" in case.turns else 1


def plan(dice: Random, invoices: int) -> list[Order]:
    """Roles take the places nearest to their time; the rest are filled with those who just pay."""
    chosen = sorted(roles(), key=lambda role: role.when)
    free = invoices - sum(role.size for role in chosen)
    if free < 0:
        raise ValueError(f"a year needs at least {invoices - free} invoices")
    chosen += [Role(paying.alone, (nth + 0.5) / free) for nth in range(free)]
    orders, number, days = list[Order](), 0, workdays(END - timedelta(days=3))
    for role in sorted(chosen, key=lambda one: one.when):
        day = days[int(role.when * len(days))]
        numbers = tuple(_number(day, number + n) for n in range(role.size))
        number += role.size
        orders.append(Order(numbers, day, _firm(role, dice), role))
    return orders


def _number(day: date, nth: int) -> str:
    return f"{day.year}-{nth + 1001}"


def _firm(role: Role, dice: Random) -> Firm:
    if role.firm:
        return BY_NUMBER[role.firm]
    fitting = [firm for firm in FIRMS if role.language in ("", firm.language)]
    if role.when > 0.3:
        fitting = [firm for firm in fitting if firm.number != BANKRUPT]
    return dice.choice(fitting)


def _debtors(world: World) -> Story:
    """The customers there are on the first morning."""
    for firm in FIRMS:
        world.tell(
            "erp",
            RegisterDebtor(
                debtor=firm.number,
                name=firm.name,
                email=firm.email,
                phone=f"+00 555 {firm.number[2:]}",
                address=firm.town,
                language=firm.language,
                country=firm.country,
            ),
        )
    yield from ()


def _begin(world: World, order: Order) -> Story:
    """Registered and sent the same minute; delivered soon after; then its own story."""
    dice = world.random(order.numbers[0])
    yield world.clock(order.issued_on, dice.randint(10, 15), dice.randint(0, 59))
    wishes = [_invoice(world, order, number, dice) for number in order.numbers]
    channel = Channel.E_INVOICE if order.firm.country == "BE" else Channel.EMAIL
    to = order.firm.email
    sent = [RecordSending(invoice=n, channel=channel, to=to) for n in order.numbers]
    world.tell("erp", *wishes, *sent)
    world.numbers += order.numbers
    yield world.now + timedelta(minutes=dice.randint(1, 9))
    if order.role.plot is not odd.came_back:
        arrived = [RecordDelivery(invoice=n, channel=channel, to=to) for n in order.numbers]
        world.tell("postman", *arrived)
    yield from order.role.plot(world, order.numbers, dice)


def _invoice(world: World, order: Order, number: str, dice: Random) -> RegisterInvoice:
    unit = _unit(order.role.ware, dice)
    lines = tuple(_lines(unit, order.role.ware, dice))
    net = sum((line.amount or Decimal(0) for line in lines), Decimal(0))
    amount = (net * VAT.get(order.firm.country, Decimal(1))).quantize(CENT)
    issued_on = world.today
    due_on = issued_on + timedelta(days=14 if dice.random() < 0.3 else 30)
    slowly = amount > 8000 and order.role.plot is paying.alone
    return RegisterInvoice(
        invoice=number,
        amount=amount,
        due_on=None if slowly else due_on,
        instalments=tuple(_instalments(amount, due_on)) if slowly else (),
        debtor=order.firm.number,
        business_unit=unit,
        collector=COLLECTORS[FIRMS.index(order.firm) % 2],
        purchase_order=f"PO-{dice.randint(10000, 99999)}" if dice.random() < 0.7 else None,
        lines=lines,
    )


def _unit(ware: str, dice: Random) -> str:
    """That sells it; else one of them, and more often the first."""
    for unit, wares in WARES.items():
        if ware and any(one.name.startswith(ware) for one in wares):
            return unit
    return "equipment" if dice.random() < 0.25 else "ingredients"


def _lines(unit: str, ware: str, dice: Random) -> Iterator[BilledLine]:
    wares = dice.sample(WARES[unit], k=dice.randint(1, 3))
    first = [one for one in WARES[unit] if ware and one.name.startswith(ware)]
    for nth, one in enumerate(dict.fromkeys([*first, *wares]), 1):
        quantity = Decimal(dice.randint(max(1, one.most // 3), one.most))
        yield BilledLine(
            number=str(nth),
            description=one.name,
            quantity=quantity,
            unit=one.unit,
            unit_price=one.price,
            amount=quantity * one.price,
        )


def _instalments(amount: Decimal, first: date) -> Sequence[Due]:
    """Three, a month apart."""
    third = (amount / 3).quantize(CENT)
    parts = (third, third, amount - 2 * third)
    return [
        Due(due_on=first + timedelta(days=30 * nth), amount=part) for nth, part in enumerate(parts)
    ]
