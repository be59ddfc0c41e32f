import HTTP
import LuaKit
import MFWS

/// Signs in with the browser: finds the plug-in at the server and lets the person sign in at its provider.
enum OAuthLogin {
  /// The bearers of whoever signs in.
  static func source(for arguments: LoginArguments) async throws -> any BearerSource {
    throw LuaError.usage("\(arguments.function): oauth is not there yet: give bearer=, or another way in")
  }
}
