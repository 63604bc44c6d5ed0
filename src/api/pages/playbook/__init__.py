"""The rules in force, their versions, and new rules tried before they are applied."""
