"""What can be done, one verb a function: takes a session first, never commits, is told the time."""
