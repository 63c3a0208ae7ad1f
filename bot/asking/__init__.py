"""From what was typed, and said before it, to whole questions."""
