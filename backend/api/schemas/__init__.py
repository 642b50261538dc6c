"""The shape of every request and answer, by actor."""
