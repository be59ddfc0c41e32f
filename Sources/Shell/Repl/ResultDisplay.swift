import LuaKit

/// Shows what a statement gave.
enum ResultDisplay {
  static func show(_ values: [LuaView]) {
    guard !values.isEmpty else { return }
    Pager.show(ValueRenderer.render(values, width: OutputStream.width) + "\n")
  }
}
