"""
Refuse what goes beyond this machine: in the tests, and in every Python that they start, which loads it by sitecustomize.

Nothing of the network is touched without an option that asks for it. A hook for Python's audit events refuses each
attempt before anything is sent: to connect, to listen, to send, to look a name up. A test with the mark ``loopback`` may
use this machine's own addresses (the local page, a cluster on this machine). What was refused is also written to a file,
because code may catch the exception: the test in which that happens fails.
"""

import os
import sys

MODE = "SAYSO_TESTS_NETWORK"  # for the processes that a test starts: nothing, loopback or every interface
REFUSED = "SAYSO_TESTS_NETWORK_REFUSED"  # file with a line for each attempt
_OF_A_SOCKET = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_OF_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_HERE = ("localhost", "::1")
_NOWHERE = ("192.0.2.1", "2001:db8::1", "::ffff:1:2:3:4:5:6")  # for examples only, or none: nobody has these addresses


class NetworkRefusedError(AssertionError):
    """A test, or a process that it started, reached for the network."""


def host_of(event, args):
    """Give the host that an audit event is about, and None for what stays inside this machine."""
    if event in _OF_NAMES:
        host = args[0]
    elif event in _OF_A_SOCKET and isinstance(args[1], tuple):  # otherwise a Unix socket, or one that is connected
        host = args[1][0]
    else:
        return None
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")


def is_refused(event, args, mode):
    """Say whether an audit event is an attempt that a test may not make in this mode."""
    host = host_of(event, args)
    if host is None or (event == "socket.bind" and args[1][:2] == ("::1", 0)):
        return False  # urllib3, when it is imported: it binds a socket to see whether this machine has IPv6
    if event == "socket.connect" and host in _NOWHERE and args[0].type == 2:
        return mode == "nothing"  # to connect a UDP socket is to choose an interface; nothing is sent
    if event == "socket.bind" and host in _NOWHERE:
        return False  # it cannot be done
    if mode == "every interface" and event == "socket.bind" and host == "0.0.0.0":
        return False
    return mode not in ("loopback", "every interface") or not (host in _HERE or host.startswith("127."))


def look(event, args):
    """Refuse what a test may not do, and write it down."""
    if event.startswith("socket.") and is_refused(event, args, os.environ.get(MODE, "nothing")):
        told = f"{event} {host_of(event, args)}"
        if file := os.environ.get(REFUSED):
            with open(file, "a", encoding="utf-8") as attempts:
                attempts.write(f"{told}\n")
        raise NetworkRefusedError(f"{told}: a test reached for the network; see tests/no_network")


if MODE in os.environ:
    sys.addaudithook(look)
