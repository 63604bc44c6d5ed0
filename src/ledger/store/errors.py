"""What can go wrong with the store: a stale line, an unreadable entry, a broken ledger."""


class Unreadable(Exception):
    """The ledger holds something this code cannot read. Nothing is skipped; upgrade the code."""


class Stale(Exception):
    """Someone else wrote this line first; load again and decide again."""


class LedgerCorrupt(Exception):
    """The first thing found that is not as it was written."""
