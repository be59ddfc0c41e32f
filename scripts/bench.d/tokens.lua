-- For wrk: a login by token of a generated account, or of the editor's.
wrk.method = "POST"
wrk.body = '{"Username":"editor","Password":"demo","SessionID":"bench","Expiration":"2099-01-01T00:00:00Z"}'
wrk.headers["Content-Type"] = "application/json"
