/// The accounts of a sandbox by their numbers, from 0, and by their names: first those of its seed, then the generated
/// ones.
struct AccountDirectory: Sendable {
  private let seeded: [Account]
  private let generated: GeneratedAccounts
  /// The numbers of the seed's accounts by their names in lower case.
  private let numbers: [String: [Int]]

  init(_ seeded: [Account], generated: GeneratedAccounts) {
    self.seeded = seeded
    self.generated = generated
    numbers = Dictionary(grouping: seeded.indices) { seeded[$0].name.lowercased() }
  }

  subscript(number: Int) -> Account {
    number < seeded.count ? seeded[number] : generated[number - seeded.count + 1]
  }

  /// The account that these credentials log in.
  func number(accepting login: Login) -> Int? { number(named: login.name) { $0.accepts(login) } }

  /// The first account of this name, in any case, that is as wanted. The seed's go before generated ones.
  func number(named name: String, where isWanted: (Account) -> Bool) -> Int? {
    let name = name.lowercased()
    if let known = numbers[name]?.first(where: { isWanted(seeded[$0]) }) { return known }
    guard let number = generated.number(named: name), isWanted(generated[number]) else { return nil }
    return seeded.count + number - 1
  }
}
