"""The command line: arguments, commands, and how their answers are written."""
