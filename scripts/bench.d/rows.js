// For k6: a row is an iteration of four requests. BENCH_URL is the server, BENCH_ROWS how many there are.
import http from 'k6/http';
import { check } from 'k6';
import exec from 'k6/execution';

const url = __ENV.BENCH_URL + '/REST';

export const options = {
  scenarios: {
    rows: { executor: 'shared-iterations', vus: 16, iterations: Number(__ENV.BENCH_ROWS), maxDuration: '10m' },
  },
};

export default function () {
  const number = exec.scenario.iterationInTest + 1;
  const account = 'user' + String(number).padStart(5, '0');
  const login = JSON.stringify({ Username: account, Password: 'demo', SessionID: `bench-${number}` });
  const json = { headers: { 'Content-Type': 'application/json' } };
  const token = http.post(`${url}/server/authenticationtokens`, login, json).json('Value');
  const fields = { headers: { 'X-Authentication': token } };
  check(http.get(`${url}/session`, fields), { account: (r) => r.json('AccountName') === account });
  check(http.get(`${url}/session/vaults`, fields), { vault: (r) => r.json().length === 1 });
  check(http.post(`${url}/session?_method=DELETE`, null, fields), { logout: (r) => r.status === 200 });
}
