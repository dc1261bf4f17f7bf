"""Two hundred small mistakes in the code, each with a test that notices it: proof that moved code kept its tests."""
