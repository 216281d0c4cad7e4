"""Sweeps: one scenario at many values of a few inputs, and which assumptions drive its targets."""
