"""E-mails: their composition, their HTML, and sending by SMTP."""
