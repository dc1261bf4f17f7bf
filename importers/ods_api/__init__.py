"""The ORD API of the Organisation Data Service: one record by its code, or all that changed since a day."""
