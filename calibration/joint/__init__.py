"""The joint distribution of what is not known: prior ranges, conditioned on published figures."""
