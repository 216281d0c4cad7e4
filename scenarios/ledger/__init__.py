"""The delay ledger: what delays cards and loses calls, and what one more unit of each resource saves."""
