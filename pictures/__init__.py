"""The pictures of the README: the demonstration's main pages, as a browser shows them."""
