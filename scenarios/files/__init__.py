"""Scenario files and what planners write: found, read, checked, explained, and written again."""
