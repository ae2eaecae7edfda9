"""Keys, sealed boxes, digests, shares and proofs; no web framework, no database."""
