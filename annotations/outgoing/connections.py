"""A connection that leads where it was told, ends in time, and brings no more than it may."""

import socket
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpcore
import httpx

from .destinations import MOST_ADDRESSES, Destination
from .refusing import FetchRefused


@dataclass(slots=True)
class Allowance:
    """What one fetch may still cost: until when, and how many bytes of the answer at hand."""

    ends_at: float
    connect_seconds: float
    bytes_left: int = 0

    def seconds(self, address: str) -> float:
        """How long is left; raises `FetchRefused` if nothing is."""
        left = self.ends_at - monotonic()
        if left <= 0:
            raise FetchRefused("timeout", address)
        return left


class Stream(httpcore.NetworkStream):
    """A socket whose every wait ends with the allowance, however slowly bytes drip in."""

    def __init__(
        self, sock: socket.socket, destination: Destination, allowance: Allowance
    ) -> None:
        self.sock = sock
        self.destination = destination
        self.allowance = allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self.allowance.bytes_left <= 0:
            raise FetchRefused("too_large", self.destination.address)
        self.sock.settimeout(self.allowance.seconds(self.destination.address))
        try:
            data = self.sock.recv(max_bytes)
        except TimeoutError as error:
            raise FetchRefused("timeout", self.destination.address) from error
        except OSError as error:
            raise FetchRefused("answer", self.destination.address) from error
        self.allowance.bytes_left -= len(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.sock.settimeout(self.allowance.seconds(self.destination.address))
        try:
            self.sock.sendall(buffer)
        except TimeoutError as error:
            raise FetchRefused("timeout", self.destination.address) from error
        except OSError as error:
            # The site may have answered before it hung up; httpcore reads on.
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self.sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        self.sock.settimeout(self.allowance.seconds(self.destination.address))
        try:
            # The certificate is the host's by name, whatever the connection leads to.
            wrapped = ssl_context.wrap_socket(
                self.sock, server_hostname=self.destination.host
            )
        except TimeoutError as error:
            raise FetchRefused("timeout", self.destination.address) from error
        except ssl.SSLError as error:
            raise FetchRefused("tls", self.destination.address) from error
        except OSError as error:
            raise FetchRefused("unreachable", self.destination.address) from error
        return Stream(wrapped, self.destination, self.allowance)

    def get_extra_info(self, info: str) -> Any:
        return None


class Line(httpcore.NetworkBackend):
    """Connects to the addresses of `destination` alone, whatever name it is given."""

    def __init__(self, destination: Destination, allowance: Allowance) -> None:
        self.destination = destination
        self.allowance = allowance

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = self.destination.address
        timed_out = False
        for ip in self.destination.addresses[:MOST_ADDRESSES]:
            family = socket.AF_INET6 if ":" in ip else socket.AF_INET
            sock = socket.socket(family, socket.SOCK_STREAM)
            left = self.allowance.seconds(address)
            sock.settimeout(min(left, self.allowance.connect_seconds))
            try:
                sock.connect((ip, self.destination.port))
            except OSError as error:
                timed_out = isinstance(error, TimeoutError)
                sock.close()
                continue
            return Stream(sock, self.destination, self.allowance)
        raise FetchRefused("timeout" if timed_out else "unreachable", address)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise FetchRefused("address", self.destination.address)


class Transport(httpx.BaseTransport):
    """One request over one connection to one destination."""

    def __init__(
        self, destination: Destination, allowance: Allowance, trust: ssl.SSLContext
    ) -> None:
        self.pool = httpcore.ConnectionPool(
            ssl_context=trust,
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=Line(destination, allowance),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=Body(answer)
        )

    def close(self) -> None:
        self.pool.close()


class Body(httpx.SyncByteStream):
    """The bytes of an answer as they come in."""

    def __init__(self, answer: httpcore.Response) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self.answer.iter_stream()

    def close(self) -> None:
        self.answer.close()
