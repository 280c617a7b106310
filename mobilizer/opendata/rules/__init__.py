"""The tables of a data package, their description, and how a folder of them is checked.

Nothing here knows of Flask or the database: whoever holds the files needs nothing else.
"""
