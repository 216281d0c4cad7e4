"""Margin (余裕): the factor on FY2025's load, in a target's own driver, up to which the target holds."""
