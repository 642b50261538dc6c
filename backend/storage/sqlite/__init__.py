"""The embedded driver of the Store: one SQLite file."""
