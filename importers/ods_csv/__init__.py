"""The headerless CSV lists of the NHS Organisation Data Service, and those of the same shapes before them."""
