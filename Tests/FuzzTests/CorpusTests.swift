import FuzzSubject
import Glibc
import Testing

/// Replays the fuzzer's corpus: what once was a finding stays mended.
@Suite struct CorpusTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Fuzz/Corpus"

  @Test(arguments: fuzzSubjects.keys.sorted()) func everyTextOfTheCorpusIsRead(name: String) throws {
    let folder = Self.folder + "/" + name
    let texts = Self.names(in: folder)
    #expect(texts.count >= 5)
    let subject = try #require(try fuzzSubjects[name]?())
    for text in texts { try subject.read(try #require(Self.content(of: folder + "/" + text))) }
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
