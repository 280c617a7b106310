"""Work that is done after an answer was given: a row each, and the worker that drains them."""
