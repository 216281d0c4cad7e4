"""The renewal wave from the cohorts alone."""
