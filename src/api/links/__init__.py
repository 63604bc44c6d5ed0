"""Signed addresses in what we send, and the addresses that replies come to."""
