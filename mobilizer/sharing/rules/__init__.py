"""What a picture says, how it is laid out and drawn; what machines are told. Plain values only."""
