/// The program's version.
package enum Version {
  /// As in the changelog.
  package static let number = "0.1.0"
}
