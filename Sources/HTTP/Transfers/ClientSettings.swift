/// The configuration of a client, which its transfers share: by the identity of this a handle knows whose options it has.
final class ClientSettings: Sendable {
  let configuration: HTTPConfiguration
  /// Whether handles may keep its options between two requests. Not those with a secret, which libcurl would hold as long,
  /// and none that point into a transfer.
  let canStay: Bool

  init(_ configuration: HTTPConfiguration) {
    self.configuration = configuration
    canStay =
      configuration.clientKeyPassphrase == nil && configuration.proxyPassword == nil
      && configuration.proxy?.contains("@") != true && configuration.resolve.isEmpty
  }
}
