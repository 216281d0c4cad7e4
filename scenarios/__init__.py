"""Scenario files, the experiment core, and judging."""
