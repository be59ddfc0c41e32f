import HTTP

/// The secrets of the accounts that were asked for last: the rows of an account follow each other, and a program is asked
/// for each account once.
struct RecentSecrets {
  /// Whose secret it is, where and by which alias.
  typealias Key = [String]

  private static let limit = 256
  private var secrets: [Key: Secret] = [:]
  /// The keys as they came.
  private var order: [Key] = []
  private var oldest = 0

  subscript(key: Key) -> Secret? { secrets[key] }

  mutating func keep(_ secret: Secret, for key: Key) {
    guard secrets.updateValue(secret, forKey: key) == nil else { return }
    if order.count < Self.limit {
      order.append(key)
    } else {
      secrets[order[oldest]] = nil
      order[oldest] = key
      oldest = (oldest + 1) % Self.limit
    }
  }
}
