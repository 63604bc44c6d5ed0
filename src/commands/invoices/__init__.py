"""Commands about an invoice: registration, delivery, contacts."""
