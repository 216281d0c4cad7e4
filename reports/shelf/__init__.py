"""The shelf as people read it: what answers say of themselves, the list of them, several side by side."""
