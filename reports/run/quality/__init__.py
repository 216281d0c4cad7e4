"""How good a run's answer is, filled in from the run: a reporting checklist, logs, and what was checked."""
