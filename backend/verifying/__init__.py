"""The clinic's question: is it genuine, does it hold, what to charge."""
