"""Folders that commands fill: named after the question, locked, replaced as one, never at the cost of what is not ours."""
