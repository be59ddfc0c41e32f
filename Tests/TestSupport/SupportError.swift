/// Why a step of a test did not work, with what there was to see.
package struct SupportError: Error, CustomStringConvertible {
  /// The reason, and the output so far.
  package let description: String

  package init(_ description: String) { self.description = description }
}
