"""PDF: from places on pages to paragraphs in reading order."""
