"""What Windows and macOS do otherwise than Linux, as far as it can be simulated here."""
