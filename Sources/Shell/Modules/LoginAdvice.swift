import HTTP
import LuaKit
import MFWS

/// What to tell somebody who logs in without any way that can work.
enum LoginAdvice {
  /// The error, with the ways that the server offers when it says so.
  static func error(for arguments: LoginArguments) async -> LuaError {
    let missing =
      "\(arguments.function): no user is known: give user=\"name\", the option --user, or the variable MFILES_USER"
    guard let server = try? arguments.server(),
      let ways = try? await server.waysIn(vault: vault(of: arguments, at: server)), !ways.isEmpty
    else { return .usage(missing) }
    return .usage("\(missing); this server offers \(ways.map(\.description).joined(separator: ", "))")
  }

  /// The refusal of a vault, with the way out: nobody is logged in who could list others.
  static func withoutVault(_ error: MFWSError) -> MFWSError {
    var error = error
    error.message.replace(lists, with: "session.login{vault=\"\"} enters none, and \(lists)")
    return error
  }

  private static let lists = "session.vaults() lists those it may enter"

  /// The vault to enter, whose ways may be others than the server's.
  private static func vault(of arguments: LoginArguments, at server: Server) async throws(MFWSError) -> GUID?
  {
    guard let vault = arguments.vault else { return nil }
    return try await server.guid(of: vault)
  }
}
