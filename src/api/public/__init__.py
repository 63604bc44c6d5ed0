"""What a debtor may do without a link or a key: write to us about an invoice."""
