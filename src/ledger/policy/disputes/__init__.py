"""Rules of disputes: resolvers, approvers, deadlines, and how disputes are detected."""
