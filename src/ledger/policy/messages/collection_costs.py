"""Collection costs of a Dutch consumer: the scale that the 14-day letter must state.

Besluit vergoeding voor buitengerechtelijke incassokosten (Stb. 2012, 141), art. 2, without VAT.
"""

from decimal import ROUND_HALF_UP, Decimal

SCALE = (  # part of the principal, rate
    (Decimal(2_500), Decimal("0.15")),
    (Decimal(2_500), Decimal("0.10")),
    (Decimal(5_000), Decimal("0.05")),
    (Decimal(190_000), Decimal("0.01")),
)
REST = Decimal("0.005")
MIN_COSTS, MAX_COSTS = Decimal(40), Decimal(6_775)


def dutch_collection_costs(principal: Decimal) -> Decimal:
    """Return the costs of a principal, both in euros."""
    costs, left = Decimal(0), principal
    for part, rate in SCALE:
        met = min(left, part)
        costs, left = costs + met * rate, left - met
    costs = (costs + left * REST).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return min(max(costs, MIN_COSTS), MAX_COSTS)


def with_vat(costs: Decimal, percent: Decimal) -> Decimal:
    """Return the costs with VAT, for a creditor who cannot deduct it (art. 2 lid 3)."""
    return (costs * (1 + percent / 100)).quantize(Decimal("0.01"), ROUND_HALF_UP)
