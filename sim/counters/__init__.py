"""Municipal counters (窓口): bookings of 1,741 municipalities, hand-over as one pool, and the servers behind them."""
