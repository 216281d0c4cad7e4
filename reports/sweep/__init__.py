"""A sweep in words, tables and charts: formats ``sweep.json``, decides nothing."""
