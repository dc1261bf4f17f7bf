"""What the reading pane can show: each view is a question of the command line, and lays out its answer."""
