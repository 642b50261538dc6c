"""What happened, to which serial, by whom: an append-only log that can be proved."""
