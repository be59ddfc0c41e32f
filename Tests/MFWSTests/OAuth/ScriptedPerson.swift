import FoundationEssentials
import MFWS
import Synchronization
import Testing

/// A person who does at once what a test says, in the background as browsers do.
final class ScriptedPerson: SignInPerson {
  static let signedInPage =
    "<!DOCTYPE html><meta charset=\"utf-8\"><title>mfsh</title><p>You are signed in. You can close this window.</p>\n"

  private struct State {
    var addresses: [String] = []
    var codes: [DeviceCode] = []
    var visits: [Task<String, any Error>] = []
  }
  private let state = Mutex(State())
  private let visit: @Sendable (String) async throws -> String

  /// `visit` gets the authorization address, or the complete address of a device code.
  init(_ visit: @escaping @Sendable (String) async throws -> String = { _ in "" }) {
    self.visit = { address in
      do {
        return try await visit(address)
      } catch {
        // Else the sign-in would only end by its time limit.
        Issue.record(error, "the visit of \(address)")
        throw error
      }
    }
  }

  func show(address: String) async {
    state.withLock { state in
      state.addresses.append(address)
      state.visits.append(Task.detached { [visit] in try await visit(address) })
    }
  }

  func show(_ code: DeviceCode) async {
    state.withLock { state in
      state.codes.append(code)
      state.visits.append(
        Task.detached { [visit] in try await visit(code.completeAddress ?? code.address) })
    }
  }

  /// How often the person was asked.
  var count: Int { state.withLock { $0.visits.count } }
  var addresses: [String] { state.withLock { $0.addresses } }
  var codes: [DeviceCode] { state.withLock { $0.codes } }

  /// What the person saw in the end, each time.
  func pages() async throws -> [String] {
    var pages: [String] = []
    for visit in state.withLock({ $0.visits }) { pages.append(try await visit.value) }
    return pages
  }
}

extension OAuthConfiguration {
  /// The configuration in a PluginInfoConfiguration.
  static func of(_ plugin: String, vault: GUID? = nil) throws -> OAuthConfiguration {
    try OAuthConfiguration(
      JSONDecoder().decode(AuthenticationPlugin.self, from: Data(plugin.utf8)), vault: vault)
  }
}
