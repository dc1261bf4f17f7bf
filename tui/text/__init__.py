"""What people read, worded once: records, statuses, dates and changes in words, for commands and explorer."""
