"""Speed, measured and never asserted: ``make bench`` prints a JSON line for each measurement."""
