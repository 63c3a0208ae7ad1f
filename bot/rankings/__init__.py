"""Which of several is the most, the least, the second, and which do what is asked."""
