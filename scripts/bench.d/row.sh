#!/bin/sh
# row.sh ACCOUNT: a row's four requests with curl, as scripts do them for GNU parallel. BENCH_URL is the server.
set -eu
id=$(cat /proc/sys/kernel/random/uuid)
body="{\"Username\":\"$1\",\"Password\":\"demo\",\"SessionID\":\"$id\"}"
answer=$(curl -sf -H 'Content-Type: application/json' -d "$body" "$BENCH_URL/REST/server/authenticationtokens")
token=${answer#*\"Value\":\"}
field="X-Authentication: ${token%%\"*}"
for path in session session/vaults; do curl -sf -o /dev/null -H "$field" "$BENCH_URL/REST/$path"; done
curl -sf -o /dev/null -X POST -H "$field" "$BENCH_URL/REST/session?_method=DELETE"
