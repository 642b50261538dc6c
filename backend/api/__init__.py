"""The HTTP doors, one blueprint for each actor; no rule is decided here."""
