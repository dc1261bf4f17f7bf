"""How answers are written: JSON shapes, tables, pages; text of the data passes `tui.safe` on its way."""
