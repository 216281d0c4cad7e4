"""Answers as a memo for Word, on a planner's template: every number is a control that tells where it is from."""
