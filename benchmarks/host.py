"""Serves a built site as a host on the Internet does: compressed, over connections that stay open, to be cached.

Only this machine can reach it.
"""

import contextlib
import gzip
import hashlib
import http.server
import mimetypes
import threading
from functools import partial
from pathlib import Path

TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/xml")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open

    def __init__(self, site, *arguments):
        self.site = site
        super().__init__(*arguments)

    def do_GET(self):
        path = self.site / self.path.partition("?")[0].lstrip("/")
        if path.is_dir():
            path /= "index.html"
        status = 200
        if not path.is_file() or self.site not in path.resolve().parents:
            status, path = 404, self.site / "404.html"
        body, kind = read(path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if kind.startswith(TEXT):
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")  # what Pages says
        self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def read(path):
    """The bytes of a file as they are sent, and their type."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    kind = kind.replace("text/javascript", "application/javascript")
    body = path.read_bytes()
    if kind.startswith(TEXT):
        body = gzip.compress(body, 9, mtime=0)
        kind += "; charset=utf-8"
    return body, kind


@contextlib.contextmanager
def serving(site):
    """Serve a folder, which may be filled later; gives the address."""
    handler = partial(Handler, Path(site).resolve())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
