"""Links to where a promise stands: public pages, and nothing else."""

from mobilizer.core import addresses


def check_link(typed: str) -> str:
    """A link in its one canonical form, free of what follows people. An empty one is none.

    Raises:
        RuleBroken: it is not an http or https address that can be kept (see ``addresses.read``).
    """
    return addresses.read(typed).url if typed.strip() else ""
