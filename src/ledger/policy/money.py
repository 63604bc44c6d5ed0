"""Amounts in the decimals of their currency (ISO 4217)."""

from decimal import ROUND_HALF_UP, Decimal

from ledger.policy.refusal import Refused

_DECIMALS = {  # ISO 4217; two for all others
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
DECIMALS = {code: places for places, codes in _DECIMALS.items() for code in codes.split()}


def in_cents(amount: Decimal, currency: str, field: str) -> Decimal:
    """Return the amount in the currency's decimals. Raise ``Refused`` when it has more."""
    places = DECIMALS.get(currency, 2)
    rounded = amount.quantize(Decimal(1).scaleb(-places))
    if rounded != amount:
        raise Refused("too-many-decimals", field, amount=amount, places=places, currency=currency)
    return rounded


def ensure_currency(given: str | None, currency: str) -> None:
    """Raise ``Refused`` for an amount that is stated in another currency than its book has."""
    if given is not None and given != currency:
        raise Refused("other-currency", "currency", given=given, currency=currency)


def to_cents(amount: Decimal, currency: str) -> Decimal:
    """Return the amount rounded half up to the currency's decimals."""
    return amount.quantize(Decimal(1).scaleb(-DECIMALS.get(currency, 2)), ROUND_HALF_UP)
