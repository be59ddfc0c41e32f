import FoundationEssentials
import HTTP
import Testing

/// NTLM against a server that speaks its three messages. Kerberos needs a realm and is tested elsewhere.
@Suite(.timeLimit(.minutes(30))) struct AuthenticationTests {
  /// Notes `connection: type user` for each message, and answers with the user whom the connection belongs to.
  private func makeServer(_ notes: Notes) throws -> RawServer {
    try RawServer { connection in
      var user = "nobody"
      while let request = connection.request() {
        let message = NTLMMessage(request: request)
        notes.add("\(connection.number): \(message.map { "\($0.type) \($0.user)" } ?? "no message")")
        switch message?.type {
        case 1: connection.answer(401, ["WWW-Authenticate: NTLM \(NTLMMessage.challenge)"])
        case 3:
          user = message?.user ?? ""
          connection.answer(body: user)
        default: connection.answer(body: user)
        }
      }
    }
  }

  private func request(
    _ server: RawServer, _ user: String?, scheme: ConnectionAuthentication.Scheme = .ntlm
  ) -> HTTPRequest {
    var request = HTTPRequest(method: "POST", url: server.url(), body: Secret("body"))
    request.authentication = ConnectionAuthentication(scheme, user: user, password: Secret("pass word"))
    return request
  }

  @Test func `three messages on one connection, which nobody gets afterwards`() async throws {
    let notes = Notes()
    let server = try makeServer(notes)
    let client = makeClient(loop: .onOwnThread())
    func user(_ request: HTTPRequest) async throws -> String {
      String(decoding: try await client.send(request).body, as: UTF8.self)
    }
    #expect(try await user(request(server, "DOM\\anna")) == "DOM\\anna")
    #expect(try await user(request(server, "DOM\\bert")) == "DOM\\bert")
    #expect(try await user(request(server, "DOM\\anna", scheme: .any)) == "DOM\\anna")
    #expect(try await user(HTTPRequest(url: server.url())) == "nobody")
    #expect(
      notes.all == [
        "1: 1 ", "1: 3 DOM\\anna", "2: 1 ", "2: 3 DOM\\bert", "3: 1 ", "3: 3 DOM\\anna", "4: no message",
      ])
    // A connection that stands for requests without authentication is not used for one with it.
    #expect(try await user(request(server, "DOM\\bert")) == "DOM\\bert")
    #expect(try await user(HTTPRequest(url: server.url())) == "nobody")
    #expect(notes.all.suffix(3) == ["5: 1 ", "5: 3 DOM\\bert", "4: no message"])
  }

  @Test func `a server that offers NTLM and sends no challenge is not asked without end`() async throws {
    let server = try RawServer { connection in
      while connection.request() != nil { connection.answer(401, ["WWW-Authenticate: NTLM"]) }
    }
    #expect(try await makeClient().send(request(server, "DOM\\anna")).status == 401)
    #expect(server.connections < 20)
  }

  @Test func `many at a time, each on a connection of its own`() async throws {
    let server = try makeServer(Notes())
    let client = makeClient()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        let user = "DOM\\user\(number)"
        group.addTask {
          String(decoding: try await client.send(request(server, user)).body, as: UTF8.self) == user
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
    #expect(server.connections == 40)
  }

  @Test func `a ticket's connection is not used again either`() async throws {
    let server = try RawServer { connection in
      while connection.request() != nil { connection.answer(401, ["WWW-Authenticate: Negotiate"]) }
    }
    var request = HTTPRequest(url: server.url())
    let client = makeClient(loop: .onOwnThread())
    for number in 1...3 {
      request.authentication = ConnectionAuthentication(number == 3 ? .any : .negotiate)
      #expect(try await client.send(request).status == 401)
      #expect(server.connections == number)
    }
  }

  @Test func `what cannot be done is said, and nothing is sent`() async throws {
    let server = try RawServer { _ in }
    #expect(
      await makeClient().failure(request(server, nil))?.message == "NTLM needs a user and a password")
    let error = await makeClient().failure(request(server, "DOM\\anna", scheme: .negotiate))
    #expect(
      error?.message == "Negotiate takes the user from the Kerberos ticket: name none, or use NTLM")
    #expect(server.connections == 0)
  }
}

/// The messages of NTLM as far as the tests need them.
private struct NTLMMessage {
  let type: UInt8
  /// `DOMAIN\user` of the third message, else empty.
  let user: String

  init?(request: String) {
    let fields = request.split(separator: "\r\n").filter { $0.hasPrefix("Authorization: NTLM ") }
    guard let field = fields.first, fields.count == 1,
      let data = Data(base64Encoded: String(field.dropFirst(20)))
    else { return nil }
    let bytes = [UInt8](data)
    guard bytes.starts(with: "NTLMSSP\0".utf8), bytes.count > 60 || bytes[8] == 1 else { return nil }
    type = bytes[8]
    user = type == 3 ? "\(Self.text(bytes, 28))\\\(Self.text(bytes, 36))" : ""
  }

  /// A field's text: its size and its place stand at `index`.
  private static func text(_ bytes: [UInt8], _ index: Int) -> String {
    func number(_ index: Int) -> Int { Int(bytes[index]) | Int(bytes[index + 1]) << 8 }
    let (size, start) = (number(index), number(index + 4))
    return String(decoding: bytes[start..<start + size].filter { $0 != 0 }, as: UTF8.self)
  }

  /// The second message: a challenge of eight bytes, no target; Unicode and NTLM.
  static let challenge: String = {
    var bytes = Array("NTLMSSP\0".utf8) + [2, 0, 0, 0] + [0, 0, 0, 0, 48, 0, 0, 0]
    bytes += [0x01, 0x02, 0x80, 0x00] + [1, 2, 3, 4, 5, 6, 7, 8] + [UInt8](repeating: 0, count: 8)
    bytes += [4, 0, 4, 0, 48, 0, 0, 0] + [0, 0, 0, 0]
    return Data(bytes).base64EncodedString()
  }()
}
