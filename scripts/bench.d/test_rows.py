"""For pytest-xdist: a row is a test of four requests. BENCH_URL is the server, BENCH_ROWS how many there are."""
import os
import uuid

import pytest
import requests

url = os.environ["BENCH_URL"] + "/REST"


@pytest.fixture(scope="session")
def http():
    with requests.Session() as session:
        yield session


@pytest.mark.parametrize("account", [f"user{n:05}" for n in range(1, int(os.environ["BENCH_ROWS"]) + 1)])
def test_row(http, account):
    login = {"Username": account, "Password": "demo", "SessionID": str(uuid.uuid4())}
    token = http.post(f"{url}/server/authenticationtokens", json=login).json()["Value"]
    field = {"X-Authentication": token}
    assert http.get(f"{url}/session", headers=field).json()["AccountName"] == account
    assert len(http.get(f"{url}/session/vaults", headers=field).json()) == 1
    assert http.post(f"{url}/session", params={"_method": "DELETE"}, headers=field).ok
