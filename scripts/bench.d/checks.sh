# The parts of scripts/bench about batch checks and the sandbox that they run against. Read by scripts/bench, whose
# variables and functions it uses.
# shellcheck shell=bash disable=SC2154

# roster N: rows of N generated accounts with a named licence, which all but each tenth have.
roster() {
  awk -v rows="$1" 'BEGIN {
    print "account,secret,license"
    for (number = 1; count < rows; number++) if (number % 10) { printf "user%05d,pw,named\n", number; count++ }
  }'
}

# Of N accounts whose licence is concurrent, which the rows do not tell.
concurrent_roster() {
  echo account,secret
  seq -f 'user%05.0f,pw' 10 10 $(($1 * 10))
}

# stat URL NAME...: counts of a sandbox, each on a line. The question is a request and a connection itself.
stat() {
  local answer name
  answer=$(curl -sf -k "$1/sandbox/stats")
  for name in "${@:2}"; do grep -o "\"$name\":[0-9]*" <<<"$answer" | cut -d: -f2; done
}

now() {
  date +%s.%N
}

# rate COUNT COMMAND...: how many a second, when the command does COUNT.
rate() {
  local count=$1 start
  shift
  start=$(now)
  "$@" >"$folder/peer.log" 2>&1 || fail "$1 fails: $(tail -n 5 "$folder/peer.log")"
  awk -v count="$count" -v start="$start" -v end="$(now)" 'BEGIN { printf "%.2f\n", count / (end - start) }'
}

# check ROSTER URL OPTIONS...
check() {
  local rows=$1 url=$2
  shift 2
  BENCH_PASSWORD=demo "$mfsh" check "$rows" --url "$url" --secret pw=env:BENCH_PASSWORD --progress none "$@"
}

measure_sandbox() {
  local ours peer url=$sandbox_url token
  token=$(curl -sf -H 'Content-Type: application/json' -d '{"Username":"editor","Password":"demo"}' \
    "$url/REST/server/authenticationtokens" | cut -d'"' -f4)
  ours=$(wrk_rate "$url/REST/session" -H "X-Authentication: $token")
  peer=$(wrk_rate "$nginx_url/REST/session")
  row "sandbox, who am I by token, requests/s (nginx)" "$ours" "$peer" %.0f -
  ours=$(wrk_rate "$url/REST/session/vaults" -H "X-Authentication: $token")
  row "sandbox, my vaults, requests/s (nginx)" "$ours" "$peer" %.0f -
  ours=$(wrk_rate "$url/REST/server/authenticationtokens" -s "$parts/tokens.lua")
  row "sandbox, new tokens, requests/s (nginx)" "$ours" "$peer" %.0f -
}

wrk_rate() {
  local url=$1 round rates=()
  shift
  for ((round = 0; round < rounds; round++)); do
    rates+=("$(wrk -t 1 -c 64 -d 1s "$@" "$url" | awk '/^Requests\/sec/ { print $2 }')")
  done
  best "${rates[@]}"
}

# A row's four requests take 80 ms at least, so 16 jobs do 200 rows a second at most.
measure_pace() {
  local url ours peer rows=4000
  start_sandbox --accounts 200000 --latency 20
  url=$sandbox_url
  roster $rows >"$folder/pace.csv"
  ours=$(rate $rows check "$folder/pace.csv" "$url" --jobs 16)
  row "checks at 20 ms, rows/s (the ideal)" "$ours" 200 %.1f ">=195 rows/s"
  # What the sandbox gives: timers and threads wake late.
  peer=$(wrk -t 1 -c 16 -d 5s "$url/REST/server/status" | awk '/^Requests\/sec/ { print $2 / 4 }')
  row "checks at 20 ms, rows/s (wrk, four requests a row)" "$ours" "$peer" %.1f -
  export BENCH_URL=$url BENCH_ROWS=400
  seq -f 'user%05.0f' $BENCH_ROWS >"$folder/accounts"
  peer=$(rate $BENCH_ROWS parallel -j 16 "$parts/row.sh" :::: "$folder/accounts")
  row "checks at 20 ms, rows/s (GNU parallel and curl)" "$ours" "$peer" %.1f ">=1"
  BENCH_ROWS=1600
  peer=$(rate $BENCH_ROWS "$venv/bin/pytest" -q -n 16 -p no:cacheprovider "$parts/test_rows.py")
  row "checks at 20 ms, rows/s (pytest-xdist)" "$ours" "$peer" %.1f ">=1"
  if [[ -x $venv/bin/k6 ]]; then
    BENCH_ROWS=$rows
    peer=$(rate $rows "$venv/bin/k6" run -q --no-usage-report "$parts/rows.js")
    row "checks at 20 ms, rows/s (k6)" "$ours" "$peer" %.1f ">=1"
  fi
}

# Over TLS and far away: what a row costs the server, and what the distance costs us.
measure_distance() {
  local url ours rows=1280 jobs=64 counts
  start_sandbox --accounts 200000 --latency 300 --tls --tls-ca "$folder/ca.pem"
  url=$sandbox_url
  roster $rows >"$folder/distance.csv"
  ours=$(rate $rows check "$folder/distance.csv" "$url" --jobs $jobs --cacert "$folder/ca.pem")
  mapfile -t counts < <(stat "$url" requests handshakes)
  row "checks at 300 ms over TLS, rows/s (the ideal)" "$ours" "$(awk "BEGIN { print $jobs / 1.2 }")" %.1f ">=0.95"
  row "requests a row (login, account, vaults, logout)" "$(awk "BEGIN { print (${counts[0]} - 1) / $rows }")" 4 %.2f "<=1"
  row "TLS handshakes (jobs)" $((counts[1] - 1)) $jobs %.0f "<=1"
}

measure_many_rows() {
  local url count kind seconds=() memory=() reports=()
  start_sandbox --accounts 200000
  url=$sandbox_url
  for kind in ndjson junit tap html; do reports+=(-r "$kind:$folder/many.$kind"); done
  export BENCH_PASSWORD=demo
  for count in 10000 100000; do
    roster $count >"$folder/many.csv"
    read -r milliseconds kilobytes _ < <("$folder/processes" 1 "$mfsh" check "$folder/many.csv" --url "$url" \
      --secret pw=env:BENCH_PASSWORD --progress none --jobs 64 "${reports[@]}" -- true)
    seconds+=("$(awk "BEGIN { print $milliseconds / 1000 }")")
    memory+=("$kilobytes")
  done
  row "peak memory of 100,000 rows, MB (48 and 64 B a row)" "$(awk "BEGIN { print ${memory[1]} / 1024 }")" \
    "$(awk 'BEGIN { print 48 + 64 * 100000 / 1048576 }')" %.1f "<=1"
  row "time of 100,000 rows, s (ten times 10,000)" "${seconds[1]}" "$(awk "BEGIN { print 10 * ${seconds[0]} }")" %.1f "<=1.1"
}

measure_licenses() {
  local url counts
  start_sandbox --accounts 200000 --latency 5
  url=$sandbox_url
  concurrent_roster 1000 >"$folder/licenses.csv"
  check "$folder/licenses.csv" "$url" --jobs 64 --license-slots 6 >/dev/null || fail "the rows differ"
  mapfile -t counts < <(stat "$url" highest_live_licenses live_licenses)
  row "licences at a time, 64 jobs (--license-slots)" "${counts[0]}" 6 %.0f "<=1"
}

# What Lua's own coroutines cost is the least that a task can.
measure_tasks() {
  local kind figure
  while read -r kind figure; do
    case $kind in
      spawn) row "task that returns at once, µs" "$figure" "$figure" %.2f - ;;
      wait) row "task that waits once, µs" "$figure" "$figure" %.2f - ;;
      sleeping) row "task that sleeps, bytes" "$figure" "$figure" %.0f - ;;
      cancel) row "task that is cancelled, µs" "$figure" "$figure" %.2f - ;;
    esac
  done < <("$mfsh" "$parts/tasks.lua" "$rounds")
}
