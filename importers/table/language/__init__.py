"""The mapping language: what a mapping may say, read and checked, and what that comes to for a row."""
