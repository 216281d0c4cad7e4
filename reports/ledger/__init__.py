"""The delay ledger in words, tables and charts: formats ``ledger`` of ``summary.json`` and ``ledger.json``."""
