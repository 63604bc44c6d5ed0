"""The postman: messages that were asked for become mails, go, and are recorded as sent."""
