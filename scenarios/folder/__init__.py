"""Folders that commands fill: named after the question, locked, replaced as one, and never what is not ours."""
