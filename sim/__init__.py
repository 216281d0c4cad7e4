"""The model of the My Number card operation: no files, no charts, no experiments."""

__version__ = "0.8.0"
SAME_SINCE = "0.6.0"
"""From the same draws of what is not known, versions from this one on simulate the same to the bit, but for facts that
were added: fits made with them hold."""
