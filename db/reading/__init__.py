"""Reading the register: small functions from a connection and a key to the frozen dataclasses of `db.model`."""
