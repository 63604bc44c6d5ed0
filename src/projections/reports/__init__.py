"""Reports over many invoices."""
