-- Certificates by their last day: how many expire soon is told at every sign-in.

CREATE INDEX certificates_by_expiry ON intents (insurer, expires_on)
WHERE kind = 'certificate';
