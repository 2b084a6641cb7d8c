"""A web site on this machine that answers, byte by byte, as badly as it is told to."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

# How a visitor begins who wants to speak TLS, and what a site without it says to that.
HELLO = b"\x16\x03"
PLAIN = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
# Between two bytes of a site that means to hold its visitor.
DRIP = 0.02


class Wire:
    """One visitor's connection, and the head of what they asked."""

    def __init__(self, sock: socket.socket, head: str, closing: Event) -> None:
        self.sock = sock
        self.head = head
        self.closing = closing

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def forever(self, data: bytes) -> None:
        """`data` again and again, as fast as it is taken."""
        while not self.closing.is_set():
            self.sock.sendall(data)

    def drip(self, data: bytes) -> None:
        """`data` again and again, a byte at a time."""
        while not self.closing.is_set():
            for byte in data:
                self.sock.sendall(bytes([byte]))
                if self.closing.wait(DRIP):
                    return

    def wait(self) -> None:
        self.closing.wait()

    def reset(self) -> None:
        """Hang up with a reset instead of a goodbye."""
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


type Answer = bytes | Callable[[Wire], None]


class Site:
    """Answers each path with its bytes; `heads` are those of the requests, in order."""

    def __init__(self, answers: dict[str, Answer], tls: ssl.SSLContext | None) -> None:
        self.answers = {"/robots.txt": NOT_FOUND, **answers}
        self.tls = tls
        self.heads: list[str] = []
        self.closing = Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.threads: list[Thread] = []

    def serve(self) -> None:
        while not self.closing.is_set():
            sock, _ = self.listener.accept()
            if self.closing.is_set():
                sock.close()
                return
            thread = Thread(target=self.attend, args=[sock])
            self.threads.append(thread)
            thread.start()

    def attend(self, sock: socket.socket) -> None:
        with sock:
            try:
                self.answer(sock)
            except OSError:
                return  # the visitor has gone, as visitors of such a site should

    def answer(self, sock: socket.socket) -> None:
        if self.tls:
            sock = self.tls.wrap_socket(sock, server_side=True)
        with sock:
            head = b""
            while b"\r\n\r\n" not in head and (data := sock.recv(65536)):
                head += data
                if head.startswith(HELLO):
                    sock.sendall(PLAIN)
                    return
            if not head:
                return
            self.heads.append(head.decode())
            answer = self.answers[self.paths[-1]]
            if isinstance(answer, bytes):
                sock.sendall(answer.replace(b"{port}", str(self.port).encode()))
            else:
                answer(Wire(sock, head.decode(), self.closing))

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.heads]


@contextmanager
def serving(
    answers: dict[str, Answer], tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    site = Site(answers, tls)
    server = Thread(target=site.serve)
    server.start()
    try:
        yield site
    finally:
        site.closing.set()
        socket.create_connection(("127.0.0.1", site.port)).close()
        for thread in [server, *site.threads]:
            thread.join()
        site.listener.close()


def answer(
    body: bytes = b"<p>Bonjour.</p>",
    *headers: str,
    status: str = "200 OK",
    media: str | None = "text/html",
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    if media is not None:
        lines.append(f"Content-Type: {media}")
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def redirect(to: str, *headers: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {to}", *headers, status=status)


NOT_FOUND = answer(b"", status="404 Not Found")
