"""Who is asking, and when: command line, clock, files, and the one place where parts are wired."""
