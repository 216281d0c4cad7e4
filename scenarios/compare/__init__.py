"""Scenarios held against each other under the same luck, and how sure a difference is."""
