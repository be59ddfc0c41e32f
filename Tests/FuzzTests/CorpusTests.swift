import FuzzSubject
import Glibc
import Testing

/// Replays the fuzzer's corpus: what once was a finding stays mended.
@Suite struct CorpusTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Fuzz/Corpus"

  @Test func everyTextOfTheCorpusIsReadWithoutACrash() throws {
    let names = Self.names(in: Self.folder)
    #expect(names.count >= 12)
    let subject = try ResponseSubject()
    for name in names { try subject.read(try #require(Self.content(of: Self.folder + "/" + name))) }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      var copy = entry.pointee.d_name
      let name = withUnsafeBytes(of: &copy) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func content(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return content }
      content.append(contentsOf: chunk[..<count])
    }
  }
}
