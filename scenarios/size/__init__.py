"""Sizing: the least capacity with which targets hold together with a stated probability, and the evidence for it."""
