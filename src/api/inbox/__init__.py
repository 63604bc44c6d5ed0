"""Inbound messages: how they are recorded, matched and filed."""
