"""The renewal wave by fiscal year."""
