"""Formats saved results: terminal lines, charts and the report page. Decides nothing."""
