"""Holders of cards and what they apply for."""
