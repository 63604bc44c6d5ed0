"""Mailboxes: inbound e-mail fetched by IMAP."""
