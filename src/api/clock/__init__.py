"""What a day brings: ended holds, judged promises, reminders to resolvers, steps."""
