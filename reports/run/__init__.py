"""A run in words, tables and charts: formats ``run.json``, ``summary.json`` and tables beside them, decides nothing."""
