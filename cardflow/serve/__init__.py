"""The page of the shelf on this computer: earlier answers, and new runs as processes of their own."""
