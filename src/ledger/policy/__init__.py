"""Pure rules: the same result for the same states, playbook and day."""
