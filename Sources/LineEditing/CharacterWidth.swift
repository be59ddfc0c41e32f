import CEditLine

/// How many columns of a terminal characters take.
package enum CharacterWidth {
  /// 0, 1 or 2 columns by the C library's tables; nil for what cannot be printed.
  ///
  /// Outside ASCII it is right only after `TerminalLocale.adopt()`.
  package static func columns(of character: UInt32) -> Int? {
    let columns = editline_columns(wchar_t(bitPattern: character))
    return columns < 0 ? nil : Int(columns)
  }
}
