"""The least capacity in words, tables and charts, and the budget line: formats ``size.json``, decides nothing."""
