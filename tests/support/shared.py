"""Where the real trackers' files are, which tests read and the project does not copy."""

import os
from pathlib import Path


def shared_folder() -> Path:
    """The folder ``shared``: beside the repository, or where MOBILIZER_SHARED says.

    Raises:
        FileNotFoundError: it is not there; nothing is skipped for lack of it.
    """
    beside = Path(__file__).resolve().parents[3] / "shared"
    folder = Path(os.environ.get("MOBILIZER_SHARED") or beside)
    if not (folder / "real").is_dir():
        raise FileNotFoundError(
            f"The real trackers' files are not in {folder}: put the folder `shared` beside the "
            "repository, or name it in MOBILIZER_SHARED."
        )
    return folder
