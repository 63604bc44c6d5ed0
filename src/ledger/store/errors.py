"""Errors of the store."""


class Unreadable(Exception):
    """An entry that this version cannot read. It is not skipped: the code must be upgraded."""


class Stale(Exception):
    """Another writer wrote this line first: read the book and decide again."""


class LedgerCorrupt(Exception):
    """The first entry found that is not as it was written."""
