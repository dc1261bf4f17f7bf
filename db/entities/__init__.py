"""Entity resolution: which record a name or code means, and what a person is asked where that is unclear."""
