"""What a cycle is called in addresses."""

import re

from mobilizer.core.errors import RuleBroken
from mobilizer.core.text import excerpt
from mobilizer.core.words import N_

#: What a cycle's code is made of, and how long it can be.
LONGEST = 40
_CODE = re.compile(rf"(?=.{{2,{LONGEST}}}$)[a-z0-9]+(-[a-z0-9]+)*")
NO_CODE = N_(
    "“%(code)s” cannot be the code of a cycle: use 2 to 40 of a-z and 0-9, with single hyphens "
    "between them."
)


def check_code(code: str) -> None:
    """A cycle can be called so.

    Raises:
        RuleBroken: it cannot; what was given is named, for who typed it may see no field.
    """
    if not _CODE.fullmatch(code):
        raise RuleBroken(NO_CODE, field="code", code=excerpt(code, LONGEST))
