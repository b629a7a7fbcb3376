"""What tests of every kind lean on: real databases, a real browser, real servers, and the loud absence of each."""
