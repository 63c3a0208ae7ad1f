"""What words are and what they name: stems, periods, names, lists, superlatives."""
