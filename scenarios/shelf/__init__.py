"""The shelf: every answer below a folder, found, named, thrown away and brought back."""
