/// Finds the secrets of a statement and writes questions in their place.
///
/// Besides names that speak of secrets it knows those that were handed to one: variables (`q`), fields (`.q`) and the
/// arguments of functions (`q(2`).
struct SecretFinder {
  let source: String
  let structure: TokenStructure
  let known: Set<String>
  /// Names that this statement hands to a secret's place.
  var found: Set<String> = []
  /// Tokens, by number, that one question takes the place of.
  var replaced: [Range<Int>] = []
  // How far something is done, so that what nests deeply is not done again for each level.
  var replacedUpTo = 0
  var gatheredUpTo = 0
  var argumentsUpTo = 0
  var chainUpTo = 0
  var returnsUpTo = 0
  private var spoken: [String: Bool] = [:]

  init(_ source: String, known: Set<String>) {
    self.source = source
    self.known = known
    structure = TokenStructure(source)
  }

  /// Whether the grammar may have missed something.
  var isDoubtful: Bool { structure.isDoubtful }

  /// The statement without its secrets.
  mutating func run() -> String {
    for index in structure.tokens.indices where index >= replacedUpTo { inspect(index) }
    return rewritten()
  }

  private mutating func inspect(_ index: Int) {
    let token = structure.tokens[index]
    let isFieldElsewhere = token.is(":") && structure[index + 1]?.literal != nil
    if token.is("=") || isFieldElsewhere { assignment(at: index) }
    if token.is("==") || token.is("~=") { comparison(at: index) }
    if token.is("in") { loop(at: index) }
    if token.is("function") { function(at: index) }
    if let end = structure.argumentsEnd(index) { call(with: index..<end) }
    if token.literal != nil {
      argument(behind: index)
      if index >= chainUpTo { chain(at: index) }
    }
  }

  mutating func speaks(_ name: String) -> Bool {
    if let known = spoken[name] { return known }
    let speaks = SecretNames.match(name)
    spoken[name] = speaks
    return speaks
  }
}
