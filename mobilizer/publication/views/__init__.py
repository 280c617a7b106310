"""What stands before the framework: answers from memory what is the same for everybody.

Whatever is kept was made for nobody: of a request only the page's key gets through to the views,
so that no cookie, language, host or other word of one visitor can be in what another reads.
"""

from mobilizer.publication.views.front import Front

__all__ = ["Front"]
