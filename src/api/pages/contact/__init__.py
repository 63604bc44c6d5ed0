"""The page on which a debtor writes to us."""
