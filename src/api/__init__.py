"""Who is asking, and when: HTTP, command line, clock, files and the wiring of all parts."""
