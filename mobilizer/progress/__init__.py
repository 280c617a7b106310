"""How complete and how timely the months are: what was expected, and what became of it."""
