"""Commands about holds, promises, tasks and the steps of the ladder."""
