"""A reverse proxy that demands NTLM for /WebServiceSSO.aspx: ntlm_server.py PORT UPSTREAM

As with IIS, a connection is authenticated and not a request: all three messages go over one connection, which then
acts for that user until it closes. Accounts come from NTLM_USER_FILE (DOMAIN:user:password), the proof that goes
to the upstream from PROXY_SECRET.
"""

import base64
import http.client
import http.server
import os
import sys
import urllib.parse

import spnego
from spnego.exceptions import SpnegoError

PORT, UPSTREAM = int(sys.argv[1]), urllib.parse.urlsplit(sys.argv[2])
SECRET = os.environ["PROXY_SECRET"]
PROTECTED = "/webservicesso.aspx"
OWN_FIELDS = {"x-remote-user", "x-proxy-secret"}
HOP_FIELDS = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}


class Connection(http.server.BaseHTTPRequestHandler):
    """One client's connection; made once for all its requests."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    acceptor = None
    user = None

    def serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_protected = urllib.parse.urlsplit(self.path).path.lower() == PROTECTED
        if is_protected and not self.authenticate():
            return
        self.forward(body, self.user if is_protected else None)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = serve

    def authenticate(self):
        """True once the connection has a user; else the answer is out."""
        scheme, _, message = self.headers.get("Authorization", "").partition(" ")
        if scheme.upper() != "NTLM":
            if self.user is None:
                self.demand()
            return self.user is not None
        try:
            return self.step(base64.b64decode(message, validate=True))
        except (SpnegoError, ValueError):
            self.acceptor = self.user = None
            self.demand()
            return False

    def step(self, message):
        """Takes the client's first or third message."""
        if self.acceptor is None:
            self.user = None
            self.acceptor = spnego.server(protocol="ntlm")
        reply = self.acceptor.step(message)
        if not self.acceptor.complete:
            self.demand(" " + base64.b64encode(reply).decode())
            return False
        self.user, self.acceptor = self.acceptor.client_principal, None
        return True

    def demand(self, challenge=""):
        page = b"<html><title>401 - Unauthorized</title></html>"
        self.send_response(401)
        self.send_header("WWW-Authenticate", "NTLM" + challenge)
        self.send_header("Content-Type", "text/html")
        self.finish_answer(page)

    def forward(self, body, user):
        fields = [(name, value) for name, value in self.headers.items() if self.passes(name)]
        if user is not None:
            fields += [("X-Remote-User", user), ("X-Proxy-Secret", SECRET)]
        upstream = http.client.HTTPConnection(UPSTREAM.hostname, UPSTREAM.port, timeout=60)
        try:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in fields:
                upstream.putheader(name, value)
            upstream.endheaders(body or None)
            answer = upstream.getresponse()
            self.relay(answer, answer.read())
        except (OSError, http.client.HTTPException):
            self.send_error(502)
        finally:
            upstream.close()

    def passes(self, name):
        name = name.lower()
        is_proof = self.user is not None and name == "authorization"
        return name not in OWN_FIELDS and name not in HOP_FIELDS and not is_proof

    def relay(self, answer, body):
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_FIELDS and name.lower() != "content-length":
                self.send_header(name, value)
        self.finish_answer(body, answer.getheader("Content-Length"))

    def finish_answer(self, body, length=None):
        self.send_header("Content-Length", length if self.command == "HEAD" and length else str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        """Nobody reads standard error."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


Server(("127.0.0.1", PORT), Connection).serve_forever()
