/// Makes the lookup of one host's name hang in a program under test.
package enum SlowResolver {
  /// Builds the library to preload; nil when there is no C compiler.
  package static func build(in folder: TemporaryFolder) -> String? {
    let library = folder.path("slow_resolver.so")
    let isBuilt = ["cc", "clang", "gcc"].contains { compiler in
      let command = [compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"]
      return (try? ChildProcess.run(command).status) == .exited(0)
    }
    return isBuilt ? library : nil
  }

  /// What the program's environment needs besides.
  package static func environment(library: String, host: String, seconds: Double) -> [String: String] {
    ["LD_PRELOAD": library, "SLOW_HOST": host, "SLOW_SECONDS": "\(seconds)"]
  }

  private static let source: String = {
    let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(tests)/SlowResolver/slow_resolver.c"
  }()
}
