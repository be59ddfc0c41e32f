"""aiohttp_rate.py URL COUNT JOBS: who am I COUNT times in one session, JOBS at a time; prints the requests a second."""
import asyncio
import sys
import time
import uuid

import aiohttp

url, count, jobs = sys.argv[1] + "/REST/session", int(sys.argv[2]), int(sys.argv[3])
account = {"Username": "editor", "Password": "demo", "SessionID": str(uuid.uuid4())}


async def work(session, left):
    while next(left, None) is not None:
        async with session.get(url) as answer:
            answer.raise_for_status()
            await answer.json()


async def main():
    connections = aiohttp.TCPConnector(limit=jobs)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(connector=connections, cookie_jar=jar) as session:
        (await session.post(url, params={"_method": "PUT"}, json=account)).raise_for_status()
        left = iter(range(count))
        start = time.perf_counter()
        await asyncio.gather(*(work(session, left) for _ in range(jobs)))
        print(f"{count / (time.perf_counter() - start):.0f}")
        (await session.post(url, params={"_method": "DELETE"})).raise_for_status()


asyncio.run(main())
