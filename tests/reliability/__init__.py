"""What the register can take: seeded samples of everything that may befall it (`make test-reliability`)."""
