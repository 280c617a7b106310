"""Files that come in pieces."""

from mobilizer.core.words import N_, Word


class UploadState(Word):
    """How far a file has come."""

    OPEN = "open", N_("On its way")
    COMPLETE = "complete", N_("Complete")
    REFUSED = "refused", N_("Refused")
