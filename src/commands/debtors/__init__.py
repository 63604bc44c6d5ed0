"""Commands about a debtor: registration, contacts, holds, money on account."""
