"""The track record: every forecast made, and what came."""
