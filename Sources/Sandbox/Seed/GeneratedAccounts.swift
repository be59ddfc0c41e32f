import MFWS

/// Accounts made by rule, each when it is looked at, so that a hundred thousand cost nothing: `user00001`, `user00002`,
/// and so on, all with the password `demo`.
struct GeneratedAccounts: Sendable {
  let count: Int
  /// What they may enter.
  let vaults: [VaultSeed]

  private static let prefix = "user"
  private static let digits = 5
  private static let password = Password("demo")
  private static let firstUserID: Int64 = 100_001
  /// Each tenth has a concurrent licence.
  private static let concurrentEach = 10

  /// The account of a number from 1.
  subscript(number: Int) -> Account {
    let padded = Self.padded(number)
    return Account(
      name: Self.prefix + padded, password: Self.password, fullName: "User \(padded)",
      userID: Self.firstUserID + Int64(number - 1),
      license: number % Self.concurrentEach == 0 ? .concurrent : .named, vaults: vaults)
  }

  /// The number of the account that bears this name, which is in lower case.
  func number(named name: String) -> Int? {
    guard name.hasPrefix(Self.prefix) else { return nil }
    let text = name.dropFirst(Self.prefix.count)
    guard let number = Int(text), (1...max(1, count)).contains(number), count > 0,
      Self.padded(number) == text
    else { return nil }
    return number
  }

  private static func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
