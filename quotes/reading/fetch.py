"""Web pages: an http(s) address to a source, with a time limit, a size limit and a name of our own."""

from __future__ import annotations

import http.client
import io
import time
import urllib.error
import urllib.request
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from quotes.reading.draft import ReadOptions, Source, Unreadable, too_large

_CHUNK = 65_536
_CONNECTION_FAULTS = (urllib.error.URLError, http.client.HTTPException, OSError, ValueError)


def _user_agent() -> str:
    try:
        return f"quotes/{version('quotes')} (reads news articles for quotations)"
    except PackageNotFoundError:
        return "quotes (reads news articles for quotations)"


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses only."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.URLError("redirected to something that is no web page")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, options: ReadOptions) -> Source | Unreadable:
    """What stands at ``url``. Never raises: a fault of any kind gives an ``Unreadable`` with the reason."""
    deadline = time.monotonic() + options.timeout
    try:
        request = urllib.request.Request(
            _plain(url), headers={"User-Agent": _user_agent(), "Accept": "text/html,*/*;q=0.8"}
        )
        with urllib.request.build_opener(_WebOnly).open(request, timeout=options.timeout) as response:
            data = bytearray()
            while chunk := response.read1(_CHUNK):
                data += chunk
                if len(data) > options.max_size:
                    return Unreadable(url, too_large(len(data), options.max_size).reason)
                if time.monotonic() > deadline:
                    return Unreadable(url, f"no complete answer within {options.timeout:g} seconds")
            media_type = response.headers.get("Content-Type")
            final = response.geturl()
    except urllib.error.HTTPError as error:
        return Unreadable(url, f"the server answered {error.code} {error.reason}")
    except TimeoutError:
        return Unreadable(url, f"no answer within {options.timeout:g} seconds")
    except _CONNECTION_FAULTS as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError):
            return Unreadable(url, f"no answer within {options.timeout:g} seconds")
        return Unreadable(url, f"cannot be fetched ({' '.join(str(reason).split())})")
    name = PurePosixPath(unquote(urlsplit(final).path)).name
    # a page's address often ends like a file of another kind ("news.php", "v1.2"): its media type decides
    if media_type and "html" in media_type:
        name = "page.html"
    content = bytes(data)
    return Source(
        path=url, name=name, open=lambda: io.BytesIO(content), size=len(content), media_type=media_type, url=final
    )


def _plain(url: str) -> str:
    """The address with what is not ASCII percent-encoded."""
    parts = urlsplit(url)
    host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    safe = "/:?&=%#+,;@!$'()*[]~-._"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe), quote(parts.query, safe), ""))
