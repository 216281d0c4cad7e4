"""The file in which planners state their own figures (実績): its cells, columns, dates and rules."""
