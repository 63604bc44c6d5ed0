"""The page on which a resolver or an approver answers."""
