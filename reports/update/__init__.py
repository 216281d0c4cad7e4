"""An update in words and tables: formats ``update.json``."""
