"""Dossier over HTTP: a route says who may ask, hands over the command, and computes nothing."""
