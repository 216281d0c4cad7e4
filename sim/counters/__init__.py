"""Municipal counters (窓口), one national pool."""
