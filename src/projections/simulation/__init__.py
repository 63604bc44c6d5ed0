"""The past under other rules."""
