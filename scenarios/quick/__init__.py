"""What theory expects of a scenario at once, without simulating it (速算)."""
