"""What asks for something, and who may call it resolved."""

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_


def asks(field: str, *, is_author: bool, is_reply: bool = False, is_return: bool = False) -> bool:
    """Whether something said asks the entry's author for something, and so waits to be resolved.

    Args:
        field: what it is about; "" for the whole.
        is_author: she who reports says it: that is an answer, or a word of her own.
        is_reply: it stands below another comment, which asks already if anything does.
        is_return: it came with a return, which must be answered as a whole too.
    """
    return not is_author and not is_reply and (bool(field) or is_return)


def check_may_resolve(*, is_author: bool, has_met_it: bool) -> None:
    """Hold calling a comment resolved to the rules: the desk may, its author once she has met it.

    Args:
        is_author: of the entry.
        has_met_it: she has answered below it, or changed the field since.

    Raises:
        RuleBroken: she has done neither.
    """
    if is_author and not has_met_it:
        raise RuleBroken(N_("Answer it first, or change the field: then you can resolve it."))


def may_open_again(*, is_author: bool, is_hers: bool) -> bool:
    """Whether what was resolved may be opened again: the desk may, its author what she resolved.

    Args:
        is_author: of the entry.
        is_hers: she called it resolved, or a version of hers did.
    """
    return is_hers or not is_author
