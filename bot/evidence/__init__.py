"""What the evidence holds: lines and figures, whose they are, who tells them, how well they fit."""
