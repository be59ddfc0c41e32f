import CLuaBridge

/// What a value has below it, found without running any Lua code.
package struct LuaMembers: Sendable, Equatable {
  /// A name and what it stands for.
  package struct Member: Sendable, Hashable {
    /// The name's bytes; any bytes can be a name.
    package var name: [UInt8]
    /// What the name stands for.
    package var kind: Kind

    /// A member of that name and kind.
    package init(name: [UInt8], kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// What a name can stand for.
  package enum Kind: Sendable {
    /// Something to call.
    case function
    /// A property of an object, known only once it is read.
    case property
    /// Any other value.
    case value
  }

  /// A step from a value to one below it.
  package enum Step: Sendable, Hashable {
    /// A name's bytes.
    case name([UInt8])
    /// A position in a list.
    case index(Int64)
  }

  /// The names in no order, each once.
  package var members: [Member] = []
  /// What the value calls itself, such as "session"; "" for most.
  package var className = ""

  /// No members, or these.
  package init(_ members: [Member] = [], className: String = "") {
    self.members = members
    self.className = className
  }
}

extension LuaState {
  /// The members of the value that the steps lead to from the globals: none when there is none, or it has no names.
  ///
  /// No metamethod runs, and no finalizer; a table in `__index` counts as part of its value.
  ///
  /// - Parameters:
  ///   - steps: none for the globals themselves.
  ///   - limit: how many entries are looked at.
  package func members(at steps: [LuaMembers.Step], limit: Int = 10_000) -> LuaMembers {
    let collector = MemberCollector()
    let status = unsafe Self.withSteps(steps) { steps in
      unsafe bridge_list_members(
        bridge, steps.baseAddress, steps.count, Int32(clamping: limit),
        { context, name, length, type in
          unsafe Unmanaged<MemberCollector>.fromOpaque(context)._withUnsafeGuaranteedRef {
            $0.add(unsafe Array(UnsafeRawBufferPointer(start: name, count: length)), type)
          }
        }, Unmanaged.passUnretained(collector).toOpaque())
    }
    guard status == BRIDGE_OK else { return LuaMembers() }
    return LuaMembers(collector.members, className: lastFailure)
  }

  /// The steps for C; the names live in one array of bytes meanwhile.
  private static func withSteps<Result>(
    _ steps: [LuaMembers.Step], _ body: (UnsafeBufferPointer<bridge_step>) -> Result
  ) -> Result {
    var names: [UInt8] = []
    for case .name(let name) in steps { names += name }
    // An empty array has no address.
    names.append(0)
    return unsafe names.withUnsafeBytes { bytes in
      var start = 0
      let raw = unsafe steps.map { step in
        switch step {
        case .index(let index): return unsafe bridge_step(name: nil, length: 0, index: index)
        case .name(let name):
          defer { start += name.count }
          let address = unsafe bytes.baseAddress.map {
            unsafe ($0 + start).assumingMemoryBound(to: CChar.self)
          }
          return unsafe bridge_step(name: address, length: name.count, index: 0)
        }
      }
      return unsafe raw.withUnsafeBufferPointer { unsafe body($0) }
    }
  }
}

/// Takes the members in, one at a time.
private final class MemberCollector {
  private(set) var members: [LuaMembers.Member] = []
  private var seen: Set<[UInt8]> = []

  func add(_ name: [UInt8], _ type: bridge_type) {
    guard seen.insert(name).inserted else { return }
    let kind: LuaMembers.Kind =
      type == BRIDGE_TYPE_FUNCTION ? .function : type == BRIDGE_TYPE_NONE ? .property : .value
    members.append(LuaMembers.Member(name: name, kind: kind))
  }
}
