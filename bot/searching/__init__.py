"""What a search needs around it: spelling, names, other words, and fewer and better passages."""
