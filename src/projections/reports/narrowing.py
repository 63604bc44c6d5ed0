"""Narrowing of a report to a business unit or a collector, whose columns all its tables have."""

from collections.abc import Mapping

FILTERS = ("business_unit", "collector")


def narrowed(filters: Mapping[str, str] | None) -> str:
    """Return the SQL condition of the filters, which are its parameters too.

    Raises ``ValueError`` for a filter that is none of ``FILTERS``.
    """
    if unknown := set(filters or ()) - set(FILTERS):
        raise ValueError(f"no such filter: {', '.join(sorted(unknown))}")
    return "".join(f" and {name} = %({name})s" for name in filters or ())
