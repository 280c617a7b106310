"""The public's index of words as a whole: written anew, checked, and kept quick."""
