"""How answers are written: JSON shapes, tables, pages; text of the data passes `tui.text.safe` on its way."""
