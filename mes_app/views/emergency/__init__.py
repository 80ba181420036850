"""What somebody who helps must know at once."""
