"""The model of the My Number card operation: no files, no charts, no experiments."""

__version__ = "0.4.0"
