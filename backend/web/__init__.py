"""Pages that call the API like any other client."""
