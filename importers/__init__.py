"""Importers: one format each, from a file to statements; they know no screen and never touch the database."""
