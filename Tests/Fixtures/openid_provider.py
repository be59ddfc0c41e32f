#!/usr/bin/python3
"""A real OpenID provider (Glewlwyd) for tests, and a person at a browser who signs in there.

serve FOLDER PROGRAMS PORT         makes its files in FOLDER and becomes the provider, on that port of loopback.
                                   PROGRAMS is the folder into which the Debian package was unpacked.
set-up ADDRESS SECONDS REDIRECT-URI…
                                   makes the client and the user of a provider that listens; its access tokens live
                                   SECONDS. Prints one line of JSON.
sign-in ADDRESS                    follows an authorization address, or that of a device code, as a browser does:
                                   signs jo in, consents, and goes where the provider sends it. Prints the status and
                                   the page of the end.
"""
import gzip
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

USER, PASSWORD = "jo", "jo-signs-in-4711"
ADMINISTRATOR = {"username": "admin", "password": "password"}
CLIENT, CLIENT_SECRET = "mfsh-test", "kept-between-us-0815"
SCOPES = "openid offline"


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Browser:
    """Keeps cookies for each host and port, follows redirects only when told."""

    def __init__(self):
        self.cookies = {}
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirects)

    def request(self, url, method="GET", body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data=data, method=method)
        jar = self.cookies.setdefault(urllib.parse.urlsplit(url).netloc, {})
        if jar:
            request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in jar.items()))
        if data is not None:
            request.add_header("Content-Type", "application/json")
        try:
            response = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            response = error
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            jar[name] = value
        return response.status, response.headers, response.read()

    def demand(self, url, method="GET", body=None):
        status, _, answer = self.request(url, method, body)
        if status >= 300:
            sys.exit(f"{method} {url}: {status} {answer.decode(errors='replace')}")
        return answer


def configuration(folder, programs, port):
    library = f"{programs}/usr/lib/glewlwyd"
    return f"""
port={port}
bind_address="127.0.0.1"
external_url="http://localhost:{port}"
login_url="login.html"
api_prefix="api"
static_files_path="{folder}/web/"
log_mode="file"
log_level="WARNING"
log_file="{folder}/log"
cookie_domain="localhost"
cookie_secure=0
session_expiration=3600
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="{library}/user"
user_middleware_module_path="{library}/user_middleware"
client_module_path="{library}/client"
user_auth_scheme_module_path="{library}/scheme"
plugin_module_path="{library}/plugin"
hash_algorithm="SHA512"
database={{ type="sqlite3" path="{folder}/database" }};
"""


def make_database(folder, programs):
    script = f"{programs}/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz"
    pathlib.Path(folder, "database").unlink(missing_ok=True)
    with gzip.open(script, "rt") as text, sqlite3.connect(f"{folder}/database") as database:
        database.executescript(text.read())


def serve(folder, programs, port):
    make_database(folder, programs)
    pathlib.Path(folder, "web").mkdir(exist_ok=True)
    pathlib.Path(folder, "configuration").write_text(configuration(folder, programs, port))
    os.execv(f"{programs}/usr/bin/glewlwyd", ["glewlwyd", f"--config-file={folder}/configuration"])


def wait_until_it_answers(browser, url):
    for _ in range(600):
        try:
            if browser.request(url)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    sys.exit("the provider does not answer")


def set_up(url, seconds, redirect_uris):
    browser = Browser()
    wait_until_it_answers(browser, f"{url}/config")
    api = f"{url}/api"
    browser.demand(f"{api}/auth/", "POST", ADMINISTRATOR)
    browser.demand(f"{api}/scope/", "POST", {
        "name": "offline", "password_required": True,
        "password_max_age": 0, "scheme": {}})
    scope = json.loads(browser.demand(f"{api}/scope/openid"))
    scope["password_required"] = True
    browser.demand(f"{api}/scope/openid", "PUT", scope)
    browser.demand(f"{api}/user/", "POST", {
        "username": USER, "name": "Jo", "password": PASSWORD, "email": "jo@example.com", "enabled": True,
        "scope": SCOPES.split()})
    browser.demand(f"{api}/client/", "POST", {
        "client_id": CLIENT, "name": "mfsh", "confidential": True, "client_secret": CLIENT_SECRET, "enabled": True,
        "authorization_type": ["code", "refresh_token", "device_authorization"], "redirect_uri": redirect_uris,
        "token_endpoint_auth_method": ["client_secret_post", "client_secret_basic"], "scope": SCOPES.split()})
    browser.demand(f"{api}/mod/plugin/", "POST", {
        "module": "oidc", "name": "oidc", "enabled": True, "parameters": plugin(f"{api}/oidc", seconds)})
    print(json.dumps({
        "issuer": f"{api}/oidc", "authorizationEndpoint": f"{api}/oidc/auth", "tokenEndpoint": f"{api}/oidc/token",
        "userinfoEndpoint": f"{api}/oidc/userinfo", "deviceAuthorizationEndpoint": f"{api}/oidc/device_authorization",
        "clientID": CLIENT, "clientSecret": CLIENT_SECRET, "scope": SCOPES, "user": USER}), flush=True)


def plugin(issuer, seconds):
    key = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True).stdout
    certificate = subprocess.run(
        ["openssl", "rsa", "-pubout"], input=key, check=True, capture_output=True).stdout
    return {
        "iss": issuer, "jwt-type": "rsa", "jwt-key-size": "256", "key": key.decode(), "cert": certificate.decode(),
        "access-token-duration": seconds, "refresh-token-duration": 3600, "code-duration": 60,
        "refresh-token-rolling": True, "refresh-token-one-use": "always", "allow-non-oidc": True,
        "auth-type-code-enabled": True, "auth-type-refresh-enabled": True, "auth-type-device-enabled": True,
        "auth-type-token-enabled": False, "auth-type-password-enabled": False, "auth-type-client-enabled": False,
        "pkce-allowed": True, "pkce-required": True, "pkce-method-plain-allowed": False,
        "device-authorization-expiration": 60, "device-authorization-interval": 1,
        "subject-type": "public", "name-claim": "mandatory", "email-claim": "mandatory",
        "claims": [{
            "name": "preferred_username", "type": "string", "user-property": "username", "mandatory": True,
            "on-demand": False}],
        "address-claim": {"type": "no"}, "allowed-scope": SCOPES.split()}


def sign_in(address):
    """Goes through the provider's pages; returns status and text of the last one."""
    browser = Browser()
    for _ in range(20):
        status, headers, body = browser.request(address)
        if status not in (301, 302, 303, 307):
            return status, body.decode(errors="replace")
        address = urllib.parse.urljoin(address, headers["Location"])
        if "prompt=device" in address:
            return status, address.rsplit("=", 1)[1]
        if "/login.html" in address:
            address = fill_in_login_page(browser, address)
    sys.exit("the provider redirects without end")


def fill_in_login_page(browser, page):
    """Does what the page's script does when jo has typed the password and pressed the buttons; returns where it goes."""
    items = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page).query))
    api = urllib.parse.urljoin(page, "api")
    browser.demand(f"{api}/auth/", "POST", {"username": USER, "password": PASSWORD})
    if "client_id" in items:
        browser.demand(f"{api}/auth/grant/{items['client_id']}", "PUT", {"scope": items["scope"]})
    return items["callback_url"] + ("&g_continue" if "?" in items["callback_url"] else "?g_continue")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", folder, programs, port]:
            serve(folder, programs, port)
        case ["set-up", address, seconds, *redirect_uris]:
            set_up(address, int(seconds), redirect_uris)
        case ["sign-in", address]:
            print(*sign_in(address), sep="\n")
        case _:
            sys.exit(__doc__)
