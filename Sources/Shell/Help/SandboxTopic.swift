/// What `help "mfsh.sandbox"` and `help "faults"` say.
enum SandboxTopic {
  static let text = """
    mfsh.sandbox{…} -> sandbox: a local web service inside this process

      seed           a file with vaults and accounts of one's own
      port           the port to listen on; any free one unless told
      nodes          servers that do not share sessions, 1 to 16 (1)
      licenses       concurrent licences in the pool (any number)
      mode           "normal", "login-page", "iis-only" or "stopped"
      verbs          "any", "post-only", "post-only-501" or "plain-only"
      path           the folder that it lives in, such as "/m-files"
      only_ashx      true: only MFWS.ashx?restPath=… is answered
      iis_headers    true: sends the header fields of IIS
      clock_skew     seconds that its Date field is ahead
      tls            true: speaks TLS, with an authority made at the start
      preshared_key  a key that every request must bear
      trusted_proxy  a secret; beside it in X-Proxy-Secret, X-Remote-User is believed
      faults         what goes wrong from the start

    s.url               its address
    s.ca                the authority's certificate (PEM), for --cacert; nil without tls
    s:stats()           counts of sessions, logins, logouts and requests
    s:faults{…}         sets what goes wrong; s:faults() tells it; see help "faults"
    s:nodes{stop=1}     takes a node away; s:nodes{start=1} brings it back
    s:stop()            ends it; so does the end of the program
    """

  static let faults = """
    What a sandbox does wrong: a list of tables with one kind and any conditions.

      s:faults{{status=503, path="/session", count=2}, {delay=0.5, probability=0.1}}
      mfsh sandbox --fault status=503,path=/session,count=2 --fault delay=0.5,probability=0.1
      POST /sandbox/faults with the same as JSON; GET tells them, DELETE ends them

      delay=SECONDS        the honest answer, late
      stall=true           silence; "head" sends the head and half of the body first
      reset=true           the connection breaks; reset_midway=true, after half of the answer
      truncate=true        an answer that ends too early
      status=N             that status, with body=TEXT or page=TITLE in place of an error
      html=TITLE           200 and a page
      bad_json=true        200 and JSON that ends in its middle
      huge=BYTES           200 and one long JSON text
      empty=true           200 and nothing
      garbage=true         bytes that are no HTTP
      control=true         403 with escape sequences and commands for build services
      wrong_node=true      403 as for the token of another node
      expire=true          the session has ended
      lose_cookie=true     no cookie arrives, and none is given
      retry_after=SECONDS  503 with Retry-After; status_code=429, as_date=true

      path=PATH            this resource and those below; exact=true: only this one
      method=METHOD        this verb
      after=N  count=N     so many pass first, then so many are hit
      probability=P        from 0 to 1
    """
}
