/// Shows text a screen at a time where it does not fit on one.
enum Pager {
  /// Shows whole lines, which may hold words of a server.
  static func show(_ text: String) { OutputStream.write(text) }
}
