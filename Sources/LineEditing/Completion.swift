/// What the Tab key does to the text at the cursor.
package struct Completion {
  /// Where the text begins that is replaced, as a number of Unicode scalars; it ends at the cursor.
  package var start: Int
  /// What goes in its place: the only candidate, or what all of them have in common.
  package var insertion: String
  /// The lines that show the candidates in a width of so many columns, safe to print; none when there is only one.
  package var list: (_ width: Int) -> [String]

  /// A completion of these parts.
  package init(start: Int, insertion: String, list: @escaping (_ width: Int) -> [String] = { _ in [] }) {
    self.start = start
    self.insertion = insertion
    self.list = list
  }
}
