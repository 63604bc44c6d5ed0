"""WhatsApp Cloud API: messages from debtors, by the webhook of Meta."""
