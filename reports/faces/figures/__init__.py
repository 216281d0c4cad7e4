"""Drawings as figures, PNG and SVG: sheets, axes, marks and names in the margin; no question is known here."""
