"""The headerless CSV lists that the NHS Organisation Data Service publishes, and those of the same shapes before them."""
