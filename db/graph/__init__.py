"""What records have to do with one another: ways between them, what they share, trees; a file for each question."""
