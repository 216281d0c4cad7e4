"""Damaged and hostile files of every kind that the program reads: what is wrong must be told in words, and at once."""
