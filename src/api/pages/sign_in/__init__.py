"""Signing in and out, without a password."""
