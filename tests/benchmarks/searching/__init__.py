"""Search measured side by side with what one would use instead: over a made-up country, and over real names."""
