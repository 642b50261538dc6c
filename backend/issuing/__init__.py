"""Decisions that end in a signature: tokens, certificates, withdrawals."""
