"""Ways from the figures of the evidence to the one that is asked for, and which way is right."""
