/// A Lua thread whose stack can be read.
@safe struct LuaThread {
  let pointer: OpaquePointer
}
