"""Where signing keys live and how they sign: key files and PKCS#11 tokens."""
