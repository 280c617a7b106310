"""A mail server for tests: on a free port of this machine, in a thread of its own."""

import asyncio
import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Condition, Event, Thread
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Keeps every letter it took, in the order in which they came."""

    def __init__(self, **options: Any) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        #: Called with each letter before it is acknowledged.
        self.before_answer: Callable[[EmailMessage], None] = lambda _: None
        #: What is said to a recipient and to a letter; the usual yes unless a test says no.
        self.to_recipient, self.to_letter = "250 OK", "250 OK"
        self.open = 0
        self.changed = Condition()
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{listening.getsockname()[1]}"
        self.loop = asyncio.new_event_loop()
        self.is_serving = Event()
        # All of it in that thread: in this one a browser's loop may be running.
        self.thread = Thread(target=self._serve, args=(listening, options), daemon=True)
        self.thread.start()
        self.is_serving.wait()

    def _serve(self, listening: socket.socket, options: dict[str, Any]) -> None:
        making = self.loop.create_server(lambda: _Talk(self, options), sock=listening)
        server = self.loop.run_until_complete(making)
        self.loop.call_soon(self.is_serving.set)
        self.loop.run_forever()
        self.loop.run_until_complete(self._end(server))
        self.loop.close()

    async def handle_RCPT(  # noqa: N802  # so aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        if self.to_letter.startswith("2"):
            with self.changed:
                self.letters.append(letter)
                self.recipients += envelope.rcpt_tos
                self.changed.notify_all()
        self.before_answer(letter)
        return self.to_letter

    def wait_until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so of what came in, or for some time."""
        with self.changed:
            return self.changed.wait_for(is_so, seconds)

    def stop(self) -> None:
        """Take no more letters; twice is the same as once."""
        if self.loop.is_closed():
            return
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    async def _end(self, server: asyncio.Server) -> None:
        server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


class _Talk(SMTP):
    """One connection, counted while it is open."""

    def __init__(self, mail: MailServer, options: Any) -> None:
        super().__init__(mail, loop=mail.loop, hostname="mail.example", **options)
        self.mail = mail

    def connection_made(self, transport: Any) -> None:
        self._count(1)
        # Else each of its short lines waits until the one before was acknowledged.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._count(-1)

    def _count(self, by: int) -> None:
        with self.mail.changed:
            self.mail.open += by
            self.mail.changed.notify_all()
