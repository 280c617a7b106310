"""Writing the public site down as files. Nothing in the database changes."""

import hashlib
import json
import shutil
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urldefrag, urljoin

from mobilizer.core.errors import RuleBroken
from mobilizer.core.words import N_
from mobilizer.mirror.queries import Answer, PublicSite
from mobilizer.mirror.rules.addresses import file_of, relative
from mobilizer.mirror.rules.markup import links, pointed

#: The files of a mirror that are not a copy of anything.
TOLD, SUMS = "mirror.json", "SHA256SUMS"


@dataclass
class Mirror:
    """The public site in a folder. ``files`` tells where each address is; None: only online."""

    site: PublicSite
    folder: Path
    files: dict[str, str | None] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    #: Addresses to which a page of ours points and where nothing is.
    broken: list[str] = field(default_factory=list)

    def take(self) -> None:
        """Follow every link from the first pages on, and keep what stands there."""
        waiting = deque(self.site.starts())
        while waiting:
            address = waiting.popleft()
            if address in self.files:
                continue
            self.files[address] = None
            if not self.site.is_mirrored(address):
                continue
            answer = self.site.ask(address)
            waiting.extend(self._kept(address, answer))

    def _kept(self, address: str, answer: Answer) -> Iterator[str]:
        """Keep what stands at an address; the addresses to which it leads."""
        if answer.moved_to:
            moved = self.site.ask(answer.moved_to)
            yield from self._kept(address, moved) if not moved.moved_to else ()
        elif answer.status != 200:
            self.broken.append(address)
        else:
            file = file_of(address, answer.mimetype)
            self.files[address] = file
            self.write(file, answer.content)
            yield from _absolute([answer.next_page], address)
            if answer.mimetype == "text/html":
                self.pages.append(address)
                yield from _absolute(links(answer.content.decode()), address)

    def put_door(self, page: str) -> None:
        """Keep a first page, which the site itself does not have: it asks for the language."""
        self.files["/"] = "index.html"
        self.pages.append("/")
        self.write("index.html", page.encode())

    def point(self, notes: Mapping[str, str]) -> None:
        """Let the pages point to each other's files, and to the site for all else.

        Args:
            notes: what stands above the content of a page, by the language in its address.
        """
        for address in self.pages:
            file = self.folder / str(self.files[address])
            note = next((notes[step] for step in address.split("/") if step in notes), "")
            here, online = partial(self.place, address), partial(self.online, address)
            page = pointed(file.read_text("utf-8"), here, online, note)
            file.write_text(page, "utf-8")

    def place(self, address: str, to: str) -> str:
        """How the page of an address points to another, as it was written there."""
        whole, fragment = urldefrag(urljoin(address, to))
        if not to or to.startswith("#") or not whole.startswith("/"):
            return to
        file = self.files.get(whole)
        here = str(self.files[address])
        at = relative(here, file) if file else f"{self.site.address}{whole}"
        return f"{at}#{fragment}" if fragment else at

    def online(self, address: str, to: str) -> str:
        """Where the site itself has what the page of an address points to."""
        whole = urljoin(address, to)
        return f"{self.site.address}{whole}" if whole.startswith("/") else to

    def write(self, file: str, content: bytes) -> None:
        """Keep a file."""
        place = self.folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _absolute(found: list[str], at: str) -> Iterator[str]:
    """The addresses of this site among what a page points to, without their fragments."""
    for one in found:
        whole = urldefrag(urljoin(at, one)).url if one else ""
        if whole.startswith("/") and not whole.startswith("//"):
            yield whole


def check_folder(folder: Path) -> None:
    """Refuse to write over what is no mirror.

    Raises:
        RuleBroken: something else stands there.
    """
    if not folder.exists() or (folder.is_dir() and (folder / TOLD).is_file()):
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise RuleBroken(N_("%(folder)s holds something that is no mirror."), folder=str(folder))


def begin(site: PublicSite, folder: Path) -> Mirror:
    """A mirror beside the folder in which it will stand when it is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Mirror(site, Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent)))


def finish(mirror: Mirror, folder: Path, told: dict[str, object]) -> None:
    """Put a mirror in its place, with what it is and the hash of each of its files."""
    mirror.write(
        TOLD, (json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n").encode()
    )
    mirror.write(SUMS, "".join(_sums(mirror.folder)).encode())
    mirror.folder.chmod(0o755)
    if folder.exists():
        shutil.rmtree(folder)
    mirror.folder.rename(folder)


def _sums(folder: Path) -> Iterator[str]:
    """A line for each file, as ``sha256sum --check`` reads them."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder)}\n"
