/// What `help "lock"` says.
enum LockTopic {
  static let text = """
    While changes are locked, only GET requests, logins, the entering of vaults and logouts
    are sent. All else is client.locked, before it leaves: in every session, also one that
    is open already, in tasks, in scripts and in mfsh api.

      --read-only                  locked from the start
      production = true            the same, for a profile: help "profiles"
      \\lock, mfsh.lock()           locks
      \\unlock, mfsh.unlock()       lets changes through again
      \\unlock prod, mfsh.unlock("prod")   a production profile wants its name
      --read-write, read_only=false        starts without the lock of a production profile

    Code cannot lift --read-only: \\unlock has to be typed. A request is judged as the server
    may understand it: a GET with a body, with _method or restPath in its query in whatever
    letters and escapes, or with a header field like X-HTTP-Method-Override is refused too.
    mfsh doctor asks all the same, without a login, whether PUT and DELETE get through.
    session.login{read_only=true} is another thing: the server itself is told that the
    session changes nothing, and nothing unlocks it.
    """
}
