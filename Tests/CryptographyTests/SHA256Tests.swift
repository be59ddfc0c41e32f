import Cryptography
import Testing

@Suite struct SHA256Tests {
  /// The one-block example of FIPS 180-4.
  @Test func digestOfTheStandardsExample() {
    let digest = SHA256.digest(Array("abc".utf8)).map {
      String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
    }
    #expect(digest.joined() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func piecesHaveTheDigestOfTheWhole() {
    var stream = SHA256.Stream()
    for piece in ["a", "", "bc"] { stream.update(Array(piece.utf8)) }
    #expect(stream.digest() == SHA256.digest(Array("abc".utf8)))
    #expect(SHA256.Stream().digest() == SHA256.digest([]))
  }
}
