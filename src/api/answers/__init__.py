"""What a resolver may do by a link in a mail, without logging in."""
