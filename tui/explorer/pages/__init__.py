"""What lists show: pure functions from what the register returns to prepared lines."""
