"""The systems around cards and counters: breakdowns, planned stops, availability."""
