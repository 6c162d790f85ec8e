#!/usr/bin/env bash
# uvicorn 0.54.0: `limit_concurrency` counts open connections, the one that asks among them, and refuses when the limit is reached, not when it is
# passed: with 1 every request is answered 503, and with 3 the third connection is, though nothing is being answered. Connections that
# a browser only keeps open count too, and one browser has up to six to a server: with 6 the last part of a page may be refused.
# Exit 0: as described. Exit 1: something has changed. It takes ports on 127.0.0.1 until it ends.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check uvicorn==0.54.0 h11==0.16.0
env/bin/python - <<'PY'
import http.client
import socket
import sys
import threading
import time

import uvicorn


async def answer(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


def ask(connection):
    connection.request("GET", "/")
    response = connection.getresponse()
    response.read()
    return response.status


def statuses(limit):
    """Four connections that ask once, one after the other, and stay open; then the first asks again."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(answer, http="h11", lifespan="off", log_level="critical", limit_concurrency=limit))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.02)
    connections = [http.client.HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=20) for _ in range(4)]
    seen = [ask(connection) for connection in (*connections, connections[0])]
    for connection in connections:
        connection.close()
    server.should_exit = True
    running.join(20)
    return seen


seen = {limit: statuses(limit) for limit in (1, 2, 3, None)}
for limit, answers in seen.items():
    print(f"limit_concurrency={limit}: four connections get {answers[:4]}, the first one again {answers[4]}")
expected = {1: [503] * 5, 2: [200, 503, 503, 503, 200], 3: [200, 200, 503, 503, 200], None: [200] * 5}
sys.exit(0 if seen == expected else 1)
PY
