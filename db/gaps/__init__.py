"""What the register does not know, or what nobody has put right yet: each kind of gap is a function."""
