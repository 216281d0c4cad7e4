"""The model of the My Number card operation: no files, no charts, no experiments."""

__version__ = "0.15.0"
SAME_SINCE = "0.6.0"
"""Versions from this one on follow the same laws, whatever numbers they draw from: fits made with them hold."""
