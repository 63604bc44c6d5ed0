"""What follows from a state, pure: the same answer for the same states, rules and day."""
