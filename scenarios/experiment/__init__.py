"""Replications of points: what is asked for, what is there already, who does the rest, and what it costs."""
