"""What every format of the Organisation Data Service shares: organisations as plain data, codes, dates, statements."""
