"""session.py URL COUNT: login, who am I COUNT times, my vaults, logout."""
import sys
import uuid

import requests

url = sys.argv[1] + "/REST/session"
account = {"Username": "editor", "Password": "demo", "SessionID": str(uuid.uuid4())}
with requests.Session() as session:
    session.put(url, json=account).raise_for_status()
    for _ in range(int(sys.argv[2])):
        session.get(url).json()
    session.get(url + "/vaults").json()
    session.delete(url).raise_for_status()
