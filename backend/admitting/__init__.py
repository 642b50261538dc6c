"""Who may call: enrolment, activation, access tokens, proofs of possession."""
