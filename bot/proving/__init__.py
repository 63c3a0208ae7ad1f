"""What the proof looks at: numerals, words, intervals, identities."""
