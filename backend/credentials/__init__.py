"""What we sign: tokens, certificates, status lists, receipts, checkpoints."""
