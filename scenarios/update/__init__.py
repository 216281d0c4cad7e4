"""What months that have come say about a forecast: replications weighed by how well they fit them."""
