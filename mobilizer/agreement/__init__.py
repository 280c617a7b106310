"""How far two people agree: a share of reports goes blind to a second mentor."""
