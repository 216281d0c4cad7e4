"""Published figures, the log of assumptions, and what is made from them for a run."""
