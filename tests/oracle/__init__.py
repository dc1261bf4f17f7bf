"""What the register held and answered when the oracle was frozen, and what tells how today's code differs from it."""
