"""Whether a question is to be answered with yes or no, and what decides it."""
