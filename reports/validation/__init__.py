"""A validation told in words and tables, the same for the page, for markdown and for the terminal."""
