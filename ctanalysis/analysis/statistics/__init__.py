"""Statistics of plain numbers, without a word of the project: each with the source of its formula."""
