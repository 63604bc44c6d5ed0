"""Who solves and who approves a dispute, its deadlines, and what sounds like one."""
