import FoundationEssentials

/// What was found out about a server, line by line.
public struct Diagnosis: Sendable, Hashable, Codable {
  /// The address as it was typed.
  public var url: String
  /// The address to use, in front of `/REST`; nil when no web service was found.
  public var baseURL: String?
  /// The findings, in the order in which they were made.
  public var findings: [Finding]

  /// A diagnosis.
  public init(url: String, baseURL: String? = nil, findings: [Finding] = []) {
    self.url = url
    self.baseURL = baseURL
    self.findings = findings
  }

  /// The worst verdict of all findings.
  public var verdict: Finding.Verdict { findings.map(\.verdict).max() ?? .fine }

  private enum CodingKeys: String, CodingKey {
    case url, findings
    case baseURL = "base_url"
  }
}

/// One line of a diagnosis.
public struct Finding: Sendable, Hashable, Codable {
  /// How good what was found is.
  public enum Verdict: String, Sendable, Codable, CaseIterable, Comparable {
    /// As it should be.
    case fine
    /// Works, but not for long, not always, or not for everybody.
    case doubtful
    /// Keeps people out.
    case wrong

    /// By how bad it is.
    public static func < (one: Verdict, other: Verdict) -> Bool { one.rank < other.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What was looked at.
  public enum Check: String, Sendable, Codable, CaseIterable {
    /// The address that was typed.
    case address
    /// The proxy on the way.
    case proxy
    /// The addresses of the host's name.
    case dns
    /// Whether something answers at the port.
    case connection
    /// TLS and the server's certificate.
    case tls
    /// What kind of web server it is.
    case http
    /// Where the address leads to by itself.
    case redirect
    /// The server's clock beside this machine's.
    case clock
    /// Where the web service is.
    case baseURL = "base_url"
    /// Whether M-Files Server runs behind the web service.
    case server
    /// Whether PUT and DELETE get through.
    case verbs
    /// Which ways of writing paths work.
    case paths
    /// How many machines answer.
    case nodes
    /// How one could log in.
    case waysIn = "ways_in"
    /// The login.
    case login
    /// The account and its licence.
    case account
    /// The vaults that the account may enter.
    case vaults
    /// The vault that was asked for.
    case vault
    /// The logout.
    case logout
  }

  /// What was looked at.
  public var check: Check
  /// How good it is.
  public var verdict: Verdict
  /// What was found, in one sentence. It may hold words of the server.
  public var text: String
  /// What to do about it; nil when there is nothing to do.
  public var remedy: String?
  /// The same for programs: names and values that depend on the check.
  public var data: [String: JSONValue]

  /// A finding.
  public init(
    _ check: Check, _ verdict: Verdict, _ text: String, remedy: String? = nil, data: [String: JSONValue] = [:]
  ) {
    self.check = check
    self.verdict = verdict
    self.text = text
    self.remedy = remedy
    self.data = data
  }
}

extension Diagnosis {
  /// The JSON text: `{"url", "base_url", "findings": [{"check", "verdict", "text", "remedy", "data"}]}`, remedy and
  /// base_url missing where there is none.
  package var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { Array($0) } ?? Array("{}".utf8)
  }
}
