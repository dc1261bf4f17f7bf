"""The national XML release of the Organisation Data Service: full file and archive, or any part of them."""
