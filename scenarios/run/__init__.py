"""A run: its replications judged by target and year, with what is sure and what would decide it."""
