"""Finding the passages of different accounts that speak of the same thing."""
