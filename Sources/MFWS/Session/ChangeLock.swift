import HTTP

/// Holds back every request that could change something: only GET requests, logins, the entering of vaults and logouts
/// are sent while it is locked.
///
/// Shared by as many clients and sessions as one likes, and open at first. It can be locked and unlocked at any moment and
/// from any thread; sessions that are open already obey from their next request on.
public final class ChangeLock: Sendable {
  private let kept = Locked<String?>(nil)

  /// A lock that is open.
  public init() {}

  /// Why it is locked, as `lock` was told; nil: it is open.
  public var reason: String? { kept.withLock { $0 } }
  /// Whether it is locked.
  public var isLocked: Bool { reason != nil }

  /// Locks it.
  ///
  /// - Parameter reason: one sentence that says why, and how to unlock it: the message of `client.locked`.
  public func lock(because reason: String) { kept.withLock { $0 = reason } }

  /// Lets everything through again.
  public func unlock() { kept.withLock { $0 = nil } }
}
