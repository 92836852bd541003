"""Office files in and out: cells and paragraphs, rosters, forms, bulletins. No database."""
