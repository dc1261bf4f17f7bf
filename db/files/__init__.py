"""Files and folders: a user's own, those of one command, and files that are whole or not there."""
