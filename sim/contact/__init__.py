"""The contact centre: calls queue for agents, leave, and ring again."""
