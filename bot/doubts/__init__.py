"""Whether what is about to be told answers the question at all."""
