"""A comparison of scenarios in words, tables and charts: formats ``comparison.json``, decides nothing."""
