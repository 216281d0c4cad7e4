"""A decision clock in words, tables and charts: formats ``clock.json``, decides nothing."""
