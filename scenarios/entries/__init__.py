"""Files of named entries that planners write, as TOML or as a workbook: prices, lead times."""
