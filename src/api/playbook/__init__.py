"""The playbook as people keep it: a YAML file, read with clear errors, shown and compared."""
