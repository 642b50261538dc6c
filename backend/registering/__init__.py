"""What insurers tell us: members, coverages, corrections, and who may call."""
