import HTTP
package import LuaKit
package import MFWS

extension MFWSError: LuaErrorConvertible {
  /// The fields under the names that the design gives them; missing ones are left out.
  package var luaError: LuaError {
    var fields: [(key: String, value: LuaValue)] = [("retryable", .bool(isRetryable))]
    func add(_ name: String, _ value: LuaValue?) { if let value { fields.append((name, value)) } }
    add("status", status.map { .integer(Int64($0)) })
    add("exception", exception.map(LuaValue.string))
    add("request", request.map(LuaValue.string))
    add("reference", reference.map(LuaValue.string))
    add("logged_in_vault", isLoggedInVault.map(LuaValue.bool))
    add("logged_in_application", isLoggedInApplication.map(LuaValue.bool))
    add("cause", cause.map(LuaValue.string))
    add("retry_after", retryAfter.map(LuaValue.number))
    let vaults = candidates.map { vault in
      LuaValue.table([("Name", .string(vault.name)), ("GUID", .string(vault.guid.description))])
    }
    add("candidates", vaults.isEmpty ? nil : .array(vaults))
    return LuaError(code: code.rawValue, message: message, fields: fields)
  }
}

extension ExitStatus {
  /// How the program ends when a script did not catch an error with this code.
  package init(uncaught code: String?) {
    switch code {
    case "server.busy", "session.wrong_node", "client.timeout": self = .tryAgain
    case "client.insecure", "client.secret": self = .configuration
    case "client.locked", "session.expired", "session.not_owned": self = .denied
    case let code? where code.hasPrefix("denied."): self = .denied
    case let code? where code.hasPrefix("network.") || code.hasPrefix("server."): self = .unavailable
    default: self = .scriptFailed
    }
  }
}
