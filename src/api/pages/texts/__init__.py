"""The creditor's own texts of messages: written beside the shipped ones, with a preview."""
