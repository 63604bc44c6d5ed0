"""Parsing of inbound e-mail, without network, database or clock."""
