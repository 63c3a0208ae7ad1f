"""Answers in words: which sentences, which phrase of one, what premise is wrong, how it is said."""
