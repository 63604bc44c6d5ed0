"""The statement of a debtor: what is open on a day, for the desk and on paper."""
