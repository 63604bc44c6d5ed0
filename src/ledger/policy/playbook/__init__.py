"""The playbook's rules: the shipped ones, and which are in force."""
