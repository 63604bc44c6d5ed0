"""What would have been sent under other rules: the past, replayed. Nothing leaves or is written."""
