"""The house by command line."""
