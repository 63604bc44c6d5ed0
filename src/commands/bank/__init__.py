"""Commands about bank transactions and statements."""
