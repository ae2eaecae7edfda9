"""How personal data is packed, and how digests and tokens are made; no web framework, no database."""
