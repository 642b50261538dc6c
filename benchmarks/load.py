"""A bounded load on loopback: every request is answered with 200, or the run ends."""

import http.client
import socket
import threading
import time

Request = tuple[str, dict[str, str], bytes]


def send_all(port: int, requests: list[Request], connections: int) -> list[bytes]:
    """Send every request over keep-alive connections; their bodies, in any order."""
    shares = [requests[start::connections] for start in range(connections)]
    answers: list[bytes] = []
    failures: list[str] = []

    def send(share: list[Request]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for path, headers, body in share:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            answer = response.read()
            if response.status != 200:
                failures.append(f"{response.status} {answer[:300]!r}")
                break
            answers.append(answer)
        connection.close()

    threads = [threading.Thread(target=send, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures or len(answers) != len(requests):
        raise RuntimeError(f"the load was not answered: {failures[:3]}")
    return answers


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_up(port: int, seconds: float = 20) -> None:
    """Return once someone listens; raises TimeoutError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port}")
