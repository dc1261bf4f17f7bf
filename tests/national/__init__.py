"""Made-up national releases in the shape of the real ones, of any size, with the true counts beside them."""
