"""What a document looks like: in a terminal, as a page, as Markdown, as a workbook. No face knows a question."""
