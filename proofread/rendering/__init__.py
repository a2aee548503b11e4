"""What a check says, for a terminal, for a program and for a code host's log."""
