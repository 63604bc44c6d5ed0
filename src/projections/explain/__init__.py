"""Why a thing is so: the reasons behind a task, a pause or a message."""
