import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from sayso.train.serve import guard
from sayso.train.serve.guard import Door, is_any, is_loopback

TEXT = "Night trains stop\n\nThe rail board said the night trains to Orla would stop in May. Nobody was asked."
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def headers_of(answer):
    return {name.lower(): value for name, value in answer.headers.items()}


def cookie_of(server):
    return f"sayso-{server.port}={server.door.token}"


def test_the_printed_address_becomes_a_cookie_and_leaves_the_address_bar(running):
    path = running.address.removeprefix(f"http://127.0.0.1:{running.port}")
    answer = running.request("GET", path)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    name, _, about = answer.headers["set-cookie"].partition("=")
    assert name == f"sayso-{running.port}"
    assert about == f"{running.door.token}; HttpOnly; Path=/; SameSite=strict"
    assert running.request("GET", "/", headers={"Cookie": cookie_of(running)}).status == 200


def test_the_token_leaves_any_address_and_the_rest_stays(running):
    answer = running.request("GET", f"/notes?q=pier&token={running.door.token}&sort=new")
    assert answer.headers["location"] == "/notes?q=pier&sort=new"


@pytest.mark.parametrize(
    "path", ["//evil.example", "///evil.example/x", "/\\evil.example", "/%5cevil.example", "//%2fevil.example"]
)
def test_the_token_leads_to_no_other_site(running, path):
    answer = running.request("GET", f"{path}?token={running.door.token}")
    assert answer.status == 303
    assert re.match(r"/[^/\\]", answer.headers["location"])


def test_a_line_break_in_the_address_makes_no_header(running):
    answer = running.request("GET", f"/a%0d%0aX-Evil:%201?token={running.door.token}")
    assert answer.headers["location"] == "/a%0D%0AX-Evil:%201"
    assert "x-evil" not in headers_of(answer)


def test_who_follows_a_link_of_another_page_is_sent_on_by_a_page_of_ours(running):
    answer = running.request("GET", f"/?token={running.door.token}", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 200
    assert b'<meta http-equiv="refresh" content="0; url=/">' in answer.body
    assert answer.headers["set-cookie"].startswith(f"sayso-{running.port}=")
    hostile = running.request("GET", f'/"><script>?token={running.door.token}', headers={"Sec-Fetch-Site": "same-site"})
    assert b"<script>" not in hostile.body


HOSTS = [
    "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example",
    "127.0.0.1.evil.example:{port}",
    "localhost.:{port}", "127.0.0.1:{port}:{port}", "0.0.0.0:{port}", "[::]:{port}", "[::1%lo]:{port}", "2130706433:{port}",
    "user@127.0.0.1:{port}", "127.0.0.1:{port}/", " ", "", "[::1", "192.168.1.7:{port}",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_not_answered_whatever_the_token(running, host):
    named = host.format(port=running.port)
    answer = running.request("GET", "/", headers={**running.let_in, "Cookie": cookie_of(running)}, host=named or " ")
    assert answer.status in (400, 421)
    assert b"Access denied" in answer.body or b"Invalid HTTP" in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_this_machine_has_these_names(running, host):
    assert running.request("GET", "/", headers=running.let_in, host=host.format(port=running.port)).status == 200


def test_several_hosts_and_other_forms_of_address_are_refused(running):
    ours, token = f"Host: 127.0.0.1:{running.port}\r\n", f"X-Sayso-Token: {running.door.token}\r\nConnection: close\r\n\r\n"
    for line in (
        f"GET / HTTP/1.1\r\n{ours}Host: evil.example\r\n",
        f"GET / HTTP/1.1\r\n{ours}{ours}",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.0\r\n",
        f"GET http://evil.example/ HTTP/1.1\r\n{ours}",
        f"GET http://127.0.0.1:{running.port}/ HTTP/1.1\r\n{ours}",
        f"OPTIONS * HTTP/1.1\r\n{ours}",
    ):
        answer = running.raw((line + token).encode())
        assert re.match(rb"HTTP/1.1 4(00|05|21) ", answer), line
        assert b"x-content-type-options: nosniff" in answer.lower(), line


def test_the_usual_port_may_be_left_out():
    door = Door(80)
    assert [door.names(host) for host in ("127.0.0.1", "localhost:80", "[::1]", "[::1]:80", "127.0.0.1:8080")] == [
        True, True, True, True, False,
    ]  # fmt: skip


def test_beyond_this_machine_addresses_are_names_and_what_others_can_point_here_is_none():
    door = Door(8010, "0.0.0.0")
    hosts = (
        "192.168.1.7:8010",
        "127.0.0.1:8010",
        "[2001:db8::5]:8010",
        "evil.example:8010",
        "192.168.1.7:8011",
        "192.168.1.7",
    )
    assert [door.names(host) for host in hosts] == [True, True, True, False, False, False]
    assert Door(8010, "newsroom.example").names("Newsroom.Example:8010")
    assert (door.address.partition("/?")[0], Door(8010, "::1").address.partition("/?")[0]) == (
        "http://127.0.0.1:8010",
        "http://[::1]:8010",
    )
    assert Door(8010, "127.0.0.2").names("127.0.0.2:8010")
    assert [is_loopback(host) for host in ("localhost", "127.8.8.8", "::1", "0.0.0.0", "10.0.0.1", "evil.example")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert [is_any(host) for host in ("0.0.0.0", "::", "127.0.0.1", "localhost")] == [True, True, False, False]


TOKENS = ["", "x", "{token}x", "{half}", "Infinity", "\u00e9\u00ff", "null", "{token}\u00e9"]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_that_is_not_right_opens_nothing(running, token):
    given = token.format(token=running.door.token, half=running.door.token[:16]).encode("latin-1").decode("latin-1")
    in_header = {"X-Sayso": "1", "X-Sayso-Token": given.encode("latin-1")}
    in_cookie = {"X-Sayso": "1", "Cookie": f"sayso-{running.port}={given}".encode("latin-1")}
    for headers in (in_header, in_cookie):
        for path in ("/", "/api/changes", "/static/base.css", "/nowhere"):
            assert running.request("GET", path, headers=headers).status == 403, path
        assert running.request("POST", "/api/undo", b"", headers).status == 403


def test_without_a_token_nothing_is_shown_not_even_what_is_there(running):
    answers = [running.request("GET", path) for path in ("/", "/article/0000000000000000", "/static/base.css", "/nowhere")]
    assert {answer.status for answer in answers} == {403}
    assert {answer.body for answer in answers} == {
        b"Access denied: the token is missing or from an earlier start of the server. "
        b"Open the address that sayso serve printed when it started.\n"
    }
    wrong = running.request("GET", "/?token=of-yesterday")
    assert (wrong.status, wrong.body.startswith(b"Access denied: the token is wrong")) == (403, True)


def test_an_old_address_does_not_lock_out_who_is_in(running):
    answer = running.request("GET", "/?token=of-yesterday", headers={"Cookie": cookie_of(running)})
    assert (answer.status, answer.headers["location"], answer.headers["set-cookie"]) == (303, "/", None)


def test_the_address_that_a_browser_is_opened_with_lets_one_in_and_no_other(running):
    path = running.door.address_for_once().removeprefix(f"http://127.0.0.1:{running.port}")
    assert running.door.token not in path
    token = {"X-Sayso-Token": path.partition("=")[2]}
    assert running.request("GET", "/", headers=token).status == 403  # it is for addresses
    assert running.request("HEAD", path).status == 403
    answer = running.request("GET", path)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"].startswith(f"{cookie_of(running)};")
    again = running.request("GET", path)
    assert (again.status, again.body) == (
        403,
        b"Access denied: the token is wrong, was already used or is from an earlier start of the server. "
        b"Open the address that sayso serve printed when it started.\n",
    )
    assert running.request("GET", path, headers={"Cookie": cookie_of(running)}).status == 303  # a page that is loaded again


def test_the_address_that_a_browser_is_opened_with_is_not_valid_for_long(running, monkeypatch):
    monkeypatch.setattr("sayso.train.serve.guard._FOR_ONCE", -1.0)
    path = running.door.address_for_once().removeprefix(f"http://127.0.0.1:{running.port}")
    assert running.request("GET", path).status == 403


def test_a_token_in_the_address_changes_nothing(running):
    sent = {"X-Sayso": "1", "Origin": f"http://127.0.0.1:{running.port}"}
    assert running.request("POST", f"/api/undo?token={running.door.token}", b"", sent).status == 403


def test_odd_cookies_of_other_pages_of_this_machine_do_no_harm(running):
    odd = f'a=b; =; ;;; {{"x"[]=1; @bad name=2; sayso-1=other; {cookie_of(running)}; "unended=\x01\x7f'
    assert running.request("GET", "/", headers={"Cookie": odd}).status == 200
    assert running.request("GET", "/", headers={"Cookie": [f"sayso-{running.port}=old", cookie_of(running)]}).status == 200


ORIGINS = [
    "null", "http://evil.example", "http://127.0.0.1:1", "http://127.0.0.1", "https://127.0.0.1:{port}",
    "http://localhost:{port}", "http://127.0.0.1:{port}/", "http://127.0.0.1:{port}.evil.example", "",
]  # fmt: skip


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_page_of_another_site_changes_nothing(running, origin):
    key = running.paste(TEXT)
    body = json.dumps({"key": key, "n": 0, "set": {"kind": "quote"}}).encode()
    sent = {"X-Sayso": "1", "Cookie": cookie_of(running), "Origin": origin.format(port=running.port)}
    assert running.request("POST", "/api/change", body, sent).status == 403
    assert running.request("GET", f"/api/article/{key}", headers={"Origin": origin, **running.let_in}).status == 403
    assert running.article(key)["sentences"][0]["labels"]["kind"] is None


def test_our_own_page_changes_things_and_nothing_is_missing(running):
    ours = {"X-Sayso": "1", "Cookie": cookie_of(running), "Origin": f"http://127.0.0.1:{running.port}"}
    assert running.request("POST", "/api/undo", b"", ours).status == 200
    for missing in ours:
        rest = {name: value for name, value in ours.items() if name != missing}
        assert running.request("POST", "/api/undo", b"", rest).status == 403, missing
    twice = {**ours, "Origin": [ours["Origin"], "http://evil.example"]}
    assert running.request("POST", "/api/undo", b"", twice).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "SAME-ORIGIN", "sideways"])
def test_what_a_browser_says_comes_from_elsewhere_is_refused(running, site):
    assert running.get("/", **{"Sec-Fetch-Site": site}).status == 403
    assert running.post("/api/undo", {}, **{"Sec-Fetch-Site": site}).status == 403


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "FOO"])
def test_there_are_two_methods(running, method):
    answer = running.request(method, "/", headers={**running.let_in, "Access-Control-Request-Method": "POST"})
    assert answer.status == 405
    assert not [name for name in headers_of(answer) if name.startswith("access-control")]


def test_head_has_headers_and_no_body(running):
    asked, got = running.request("HEAD", "/", headers=running.let_in), running.get("/")
    assert (asked.status, asked.body, asked.headers["content-length"]) == (200, b"", str(len(got.body)))


def test_every_answer_has_the_headers_that_keep_it_where_it_is(running):
    key = running.paste(TEXT)
    answers = [
        running.get("/"),
        running.get(f"/article/{key}"),
        running.get(f"/api/article/{key}"),
        running.get("/static/base.css"),
        running.get("/static/nothing.js"),
        running.get("/nowhere"),
        running.get("/article/nothing"),
        running.post("/api/change", {"key": "x"}),
        running.request("GET", "/"),
        running.request("GET", f"/?token={running.door.token}"),
        running.request("DELETE", "/", headers=running.let_in),
        running.request("GET", "/", host="evil.example"),
    ]
    assert [answer.status for answer in answers] == [200, 200, 200, 200, 404, 404, 404, 400, 403, 303, 405, 421]
    for answer in answers:
        found = headers_of(answer)
        assert {name: found[name] for name in EVERYWHERE} == EVERYWHERE
        assert answer.headers.get_all("x-content-type-options") == ["nosniff"]
        policy = found["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "server" not in found
        assert not [name for name in found if name.startswith("access-control")]


def test_what_is_no_http_gets_the_same_headers(running):
    for sent in (b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/1.1\r\nA" + b"a" * 100_000 + b"\r\n\r\n"):
        answer = running.raw(sent).lower()
        assert answer.startswith(b"http/1.1 400 bad request\r\n")
        assert all(f"{name}: {value.lower()}\r\n".encode() in answer for name, value in EVERYWHERE.items())


PATHS = [
    "/static/../guard.py", "/static/..%2fguard.py", "/static/%2e%2e/guard.py", "/static/..%5cguard.py",
    "/static//etc/passwd", "/static/%00", "/static/base.css%00", "/static/base.css/", "/static/", "/static",
    "/shared/../api.py", "/templates/frame.html.j2", "/static/guard.py", "/article/../../etc/passwd",
    "/article/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/article/%00", "/api/article/..",
    "/api/article/" + "f" * 5000, "/%ff%fe", "/api/article/a.txt", "/article/0123456789abcdeg",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_from_a_browser_leads_to_a_file(running, path):
    running.paste(TEXT, title="a.txt")  # its id, which is no key
    answer = running.get(path)
    assert answer.status == 404
    assert b"root:" not in answer.body
    assert b"import" not in answer.body


BODIES = [b"", b"{", b"[]", b"null", b'"x"', b"1", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"{}", b'{"key": 1}',
          b'{"key": "x", "n": 0, "set": {"kind": "quote"}}', b'{"key": NaN, "set": {}}']  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:20].decode("latin-1"))
@pytest.mark.parametrize("path", ["/api/change", "/api/paste"])
def test_json_that_is_none_is_one_line(running, path, body):
    told = list(running.told)
    answer = running.request("POST", path, body, running.let_in)
    assert answer.status in (400, 404)
    (line,) = json.loads(answer.body).values()
    assert line
    assert "\n" not in line
    assert running.told == told


@pytest.mark.parametrize(
    "values",
    [
        {"n": 99, "set": {"kind": "quote"}},
        {"n": "0", "set": {"kind": "quote"}},
        {"n": True, "set": {"kind": "quote"}},
        {"n": -1, "set": {"kind": "quote"}},
        {"n": 10**40, "set": {"kind": "quote"}},
        {"n": 0, "set": {"kind": "official"}},
        {"n": 0, "set": {"kind": ["quote"]}},
        {"n": 0, "set": {"kind": "quote"}, "base": "1"},
        {"n": 0, "set": {"nothing": 1}},
        {"n": 0, "set": {}},
        {"n": 0, "set": {"loaded": [{"start": -4, "end": 10**30}]}},
        {"n": 0, "set": {"attributions": [[[[[]]]]]}},
        {"n": 0, "set": {"note": "\ud800"}},
        {"n": None, "set": {"done": "yes"}},
    ],
    ids=json.dumps,
)
def test_a_change_that_cannot_be_is_one_line_and_changes_nothing(running, values):
    key = running.paste(TEXT)
    before = running.article(key)
    answer = running.post("/api/change", {"key": key, **values})
    assert answer.status == 400
    assert "\n" not in json.loads(answer.body)["error"]
    assert running.article(key) == before


ASKED = {
    "/": ("q", "sort", "page", "open"),
    "/disputes": ("left", "right", "column", "open"),
    "/notes": ("q", "column"),
    "/codebook": ("version",),
    "/teach": ("run", "column"),
    "/api/disputes": ("column",),
    "/api/changes": ("since",),
    "/api/export": ("format", "annotator"),
}
SENT = {
    "/api/change": ("key", "n", "set", "base"),
    "/api/paste": ("text", "title", "date", "url"),
    "/api/codebook": ("version",),
    "/api/decide": ("key", "n", "column", "decision"),
    "/api/teach": ("column", "labels"),
    "/api/teach/stop": ("run",),
    "/api/teach/accept": ("run",),
    "/api/teach/discard": ("run",),
    "/api/teach/restore": ("run",),
}
ODD = ["", "x", "-1", "9" * 40, "%00", "%ff", "../me", "'\"<", "null", "kind"]
VALUES = [None, -1, 10**30, 1.5, True, "", "x", "\0", "\ud800", [], [1], {"a": 1}, "../x", "me"]


@pytest.mark.parametrize("path", ASKED)
def test_no_odd_question_is_an_error_of_ours(running, path):
    answers = {(name, odd): running.get(f"{path}?{name}={odd}").status for name in ASKED[path] for odd in ODD}
    assert {asked for asked, status in answers.items() if status >= 500} == set()


@pytest.mark.parametrize("path", SENT)
def test_no_odd_value_is_an_error_of_ours(running, path):
    usual = {"key": running.paste(TEXT), "n": 0, "set": {"note": "hard"}, "column": "kind", "text": TEXT}
    for name in SENT[path]:
        for value in VALUES:
            for values in ({**usual, name: value}, {name: value}):
                answer = running.post(path, values)
                assert answer.status < 500, (values, answer.body)


def test_an_error_of_ours_is_one_line_on_both_sides_and_the_server_goes_on(running, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("the pencil broke")

    monkeypatch.setattr(type(running.project), "undo", fail)
    answer = running.post("/api/undo")
    assert answer.status == 500
    assert json.loads(answer.body) == {
        "error": "An internal error of sayso (RuntimeError: the pencil broke); please report it."
    }
    assert running.told[-1] == (
        "Error: POST /api/undo: RuntimeError: the pencil broke; an internal error of sayso, please report it "
        "(add --debug to see where it happened)."
    )
    assert running.get("/").status == 200


def test_changes_are_small_and_files_may_be_large(running):
    at_most = b'{"key": "x", "n": 0, "set": {"note": "' + b"a" * (1_000_000 - 41) + b'"}}'
    assert len(at_most) == 1_000_000
    assert running.request("POST", "/api/change", at_most, running.let_in).status == 404
    answer = running.request("POST", "/api/change", at_most + b" ", running.let_in)
    assert (answer.status, json.loads(answer.body)["error"]) == (413, "More than 1 MB at once; send less of it.")


LENGTHS = ["100000000", "64000001", "99999999999999999999"]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_file_that_is_too_large_is_refused_before_it_comes(running, length):
    sent = {**running.let_in, "X-Sayso-Name": "a.txt", "Content-Length": length}
    answer = running.request("POST", "/api/upload", headers=sent)
    assert (answer.status, json.loads(answer.body)["error"]) == (
        413,
        "More than 64 MB at once; for a file of this size, use sayso data build, or give it to sayso "
        "serve on the command line.",
    )


@pytest.mark.parametrize("length", ["-1", "1e3", "ten", "+5", "\u0661"])
def test_a_length_that_is_none_is_refused(running, length):
    let_in = f"Host: 127.0.0.1:{running.port}\r\nX-Sayso: 1\r\nX-Sayso-Token: {running.door.token}\r\n"
    sent = f"POST /api/upload HTTP/1.1\r\n{let_in}Content-Length: {length}\r\n\r\nabc"
    assert running.raw(sent.encode()).startswith(b"HTTP/1.1 4")


@given(st.text(max_size=60))
def test_a_redirect_stays_here_whatever_the_path(path):
    there = guard._sent_on(guard._local_path("/" + path.encode("utf-8", "replace").decode()), Headers({}))
    assert re.match(r"/(?![/\\\t\r\n])", there.headers["location"])


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=80))
def test_any_host_and_cookie_can_be_looked_at(text):
    door = Door(8010, token="right")
    assert door.names(text) in (True, False)
    assert not door.opens(text) or text == "right"
    assert (
        guard._cookies(Headers(raw=[(b"cookie", f"{text}; sayso-8010=right".encode("latin-1"))]), "sayso-8010")[-1]
        == "right"
    )


class Elsewhere(BaseHTTPRequestHandler):
    """A page of another place on this machine, with a link to ours and a script that tries what it can."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(
            f'<!doctype html><title>Elsewhere</title><a href="{self.server.address}">go</a><script>'
            "const tries = (path, init) => fetch(path, {credentials: 'include', ...init})"
            ".then((answer) => answer.type + answer.status, () => 'nothing');</script>".encode()
        )

    def log_message(self, *_):
        pass


def test_in_a_browser_a_link_leads_in_and_another_page_gets_and_changes_nothing(running, browser):
    key = running.paste(TEXT)
    running.change(key, 1, note="hard")
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as other:
        other.address = running.address
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        try:
            page = browser.open(f"http://127.0.0.1:{other.server_port}/")
            page.evaluate("document.querySelector('a').click()")
            until = time.monotonic() + 30
            while page.evaluate("document.title") != "Articles – sayso" and time.monotonic() < until:
                time.sleep(0.05)
            assert page.evaluate("location.href") == f"http://127.0.0.1:{running.port}/"
            evil = browser.open(f"http://127.0.0.1:{other.server_port}/")
            ours = f"http://127.0.0.1:{running.port}"
            for path, init in (
                (f"/api/article/{key}", "{}"),
                ("/", "{mode: 'no-cors'}"),
                ("/api/undo", "{method: 'POST', mode: 'no-cors'}"),
                ("/api/undo", "{method: 'POST', headers: {'X-Sayso': '1'}}"),
            ):
                assert evil.evaluate(f"tries('{ours}{path}', {init})") == "nothing"
        finally:
            other.shutdown()
            thread.join()
    assert running.article(key)["sentences"][1]["labels"]["note"] == "hard"
