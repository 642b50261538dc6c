"""Certificates and notices as print files; no storage, no clock."""
