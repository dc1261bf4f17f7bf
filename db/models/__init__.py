"""The dataclasses of `db.model`, apart by who needs them: each costs a reading command half a millisecond."""
