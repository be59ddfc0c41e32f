/// The colours of what is typed: some of the terminal's sixteen, since those fit its background, and never a background.
package struct Palette: Equatable, Sendable {
  private let isLight: Bool

  /// - Parameter colorFGBG: what the terminal says of its colours in `COLORFGBG`, such as `0;15`; dark is assumed
  ///   otherwise.
  package init(colorFGBG: String? = nil) {
    let background = colorFGBG?.split(separator: ";").last.flatMap { Int($0) }
    isLight = background == 7 || background.map { (9...15).contains($0) } ?? false
  }

  /// The parameters of the sequence `ESC [ … m`.
  func parameters(of kind: TextSpan.Kind) -> String {
    switch kind {
    case .keyword: "35"
    case .number: isLight ? "34" : "36"
    case .string: "32"
    case .comment: Self.grey
    case .knownName: isLight ? "34" : "94"
    case .openString, .mistake: "31"
    case .matchingBracket: "1;4"
    }
  }

  /// Those of a suggestion.
  static let grey = "90"
}
