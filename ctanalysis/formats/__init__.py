"""An executed notebook as a document, an evaluation as a workbook, CSV files as a Data Package: what is shown, no more.

notebook ─▶ document: words, tables, images ─▶ pandoc ─▶ word, or typst ─▶ pdf
evaluation ─▶ sheets ─▶ workbook
"""

from ctanalysis.formats.choice import asked

__all__ = ["asked"]
