package import MFWS

/// A rule beside those of the columns, such as a Lua function: what differs from it, found out in a row's open session.
package struct OwnRule: Sendable {
  /// Looks at an account that got in.
  ///
  /// - Parameters:
  ///   - vault: the one that the row is about and that the session is in; nil: the row is about the login alone.
  /// - Returns: what differs; nothing: all is well.
  /// - Throws: what kept it from finding out.
  package typealias Look =
    @Sendable (_ row: RosterRow, _ vault: RowResult.VaultReference?, _ session: Session)
    async throws(MFWSError)
    -> [RowResult.Finding]

  /// The name of findings that have no other.
  package static let check = "rule"
  private let look: Look

  package init(_ look: @escaping Look) { self.look = look }

  /// The observation with what the rule found. It is for accounts that are to get in and do.
  ///
  /// An error is an answer where the server refused something to the account, and else leaves the row open.
  func applied(
    to row: RosterRow, _ observation: RowObservation, _ session: Session
  ) async -> RowObservation {
    guard observation.answer == .allowed, row.expect != .deny else { return observation }
    var observation = observation
    do throws(MFWSError) {
      observation.ownFindings = try await look(row, observation.vault, session)
    } catch  where Self.isAnswer(error) {
      observation.ownFindings = [
        .init(
          Self.check, .difference, expected: .null,
          actual: .string("\(error.code.rawValue): \(error.message)"))
      ]
    } catch {
      var failure = RowObservation(error, isLoggedIn: true)
      (failure.vaults, failure.vault, failure.places) = (
        observation.vaults, observation.vault, observation.places
      )
      return failure
    }
    return observation
  }

  private static func isAnswer(_ error: MFWSError) -> Bool {
    error.code.rawValue.hasPrefix("denied.") || error.code.rawValue.hasPrefix("request.")
  }
}
