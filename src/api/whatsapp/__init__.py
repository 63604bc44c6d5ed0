"""WhatsApp Cloud API: what debtors write there comes in by Meta's webhook."""
