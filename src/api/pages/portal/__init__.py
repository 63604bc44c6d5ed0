"""The debtor's portal: one invoice by a link, or everything of a debtor who signed in."""
