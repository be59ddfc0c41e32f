import HTTP
import LuaKit
import MFWS

extension Runtime {
  /// What `\why` and `mfsh.why` show.
  func why(width: Int = 80) -> String {
    var why = WhyText()
    why.width = min(max(width, 40), 100)
    why.pending = sessions.pending
    why.session = defaultSession.map(described)
    var shown = tracing.last.last
    if let kind = problem.kind {
      (why.problem, shown) = told(kind)
      why.when = problem.time
    }
    guard let shown else { return why.text }
    let configuration = networkConfiguration(of: shown.request.url) ?? HTTPConfiguration()
    why.exchange = tracing.last.shown(shown)
    why.curl = tracing.last.curlCommand(of: shown, configuration: configuration).line
    if let last = tracing.last.last, last.started > shown.started { why.newer = tracing.last.shown(last) }
    return why.text
  }

  private func told(_ kind: LastProblem.Kind) -> (WhyText.Problem, Exchange?) {
    switch kind {
    case .refused(var error, let exchange):
      error.message = tracing.redactor.text(error.message)
      error.cause = error.cause.map(tracing.redactor.text)
      return (.refused(error), exchange)
    case .code(let report): return (.code(tracing.redactor.text(report)), nil)
    case .interrupted: return (.interrupted, tracing.last.last)
    }
  }

  private func described(_ object: SessionObject) -> String {
    let session = object.session
    let vault = session.enteredVaultName.map { ", in the vault \"\($0)\"" } ?? ", in no vault"
    return
      "\(session.user) at \(session.url), \(session.state.rawValue)\(vault)\(session.isLocked ? ", locked" : "")"
  }

  /// Keeps what goes wrong, and tells Lua.
  func registerWhy() throws {
    let (problem, last) = (problem, tracing.last)
    state.onRaise = { problem.noteRaised($0, $1, last) }
    try state.register("mfsh.why") { [unowned self] _ in .result(.string(why())) }
  }
}
