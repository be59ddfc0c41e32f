import HTTP

/// Address, proxy, name, port: whether anything can be reached.
enum ReachVerdicts {
  static func findings(_ facts: Facts) -> [Finding] {
    let start = [address(facts)] + proxy(facts)
    if let failure = facts.failure, facts.fronts.count == 1 { return start + failed(failure, facts) }
    return start + name(facts) + connection(facts)
  }

  private static func address(_ facts: Facts) -> Finding {
    let target = facts.target
    let assumed = target.assumesScheme ? ", \(target.scheme):// assumed" : ""
    return Finding(
      .address, .fine, "\(target.host), port \(target.effectivePort)\(assumed)",
      data: [
        "scheme": .string(target.scheme), "host": .string(target.host),
        "port": .integer(Int64(target.effectivePort)),
      ])
  }

  private static func proxy(_ facts: Facts) -> [Finding] {
    let proxy = facts.proxy
    if let exception = proxy.exception {
      let text = "none: \(proxy.source ?? "a proxy") is set, but \(exception)"
      return [Finding(.proxy, .fine, text, data: ["exception": .string(exception)])]
    }
    guard let address = proxy.address, let source = proxy.source, facts.failure?.code != .proxy else {
      return []
    }
    return [
      Finding(
        .proxy, .fine, "through \(address), by \(source)",
        data: ["url": .string(address), "source": .string(source)])
    ]
  }

  private static func name(_ facts: Facts) -> [Finding] {
    guard let response = facts.fronts.first?.response, !response.serverAddress.isEmpty,
      facts.proxy.address == nil, !facts.target.isAddress
    else { return [] }
    let seconds = response.timings?.dns
    let text = "\(facts.target.host) is \(response.serverAddress)"
    return [
      Finding(
        .dns, .fine, text + (seconds.map { ", found in \(Milliseconds.text($0))" } ?? ""),
        data: ["address": .string(response.serverAddress)])
    ]
  }

  private static func connection(_ facts: Facts) -> [Finding] {
    guard let response = facts.fronts.first?.response else { return [] }
    let connect = response.timings?.connect
    let steps = [
      connect.map { "connected in \(Milliseconds.text($0))" },
      "answered in \(Milliseconds.text(response.seconds))",
    ]
    var data: [String: JSONValue] = ["seconds": .number(response.seconds)]
    data["connect_seconds"] = connect.map(JSONValue.number)
    let isSlow = response.seconds > slowSeconds
    return [
      Finding(
        .connection, isSlow ? .doubtful : .fine, steps.compactMap { $0 }.joined(separator: ", "),
        remedy: isSlow ? "a slow start is usual after a pause of the web server: run the same again" : nil,
        data: data)
    ]
  }

  private static let slowSeconds = 3.0

  // MARK: nothing reached

  private static func failed(_ failure: HTTPError, _ facts: Facts) -> [Finding] {
    let target = facts.target
    let port = "\(target.host), port \(target.effectivePort)"
    switch failure.code {
    case .dns:
      return [
        Finding(
          .dns, .wrong, "the name \(target.host) has no address",
          remedy: "check its spelling, the VPN and the name server: getent hosts \(target.host)")
      ]
    case .proxy: return [proxyFailed(failure, facts)]
    case .connect: return [silent("nothing answers at \(port)", facts)]
    case .timeout: return [silent("\(port) does not answer in time", facts)]
    case .tls, .reset, .badResponse: return [SchemeVerdicts.finding(failure, facts)]
    default:
      return [Finding(.connection, .wrong, "no request can be made: \(failure.message)")]
    }
  }

  private static func proxyFailed(_ failure: HTTPError, _ facts: Facts) -> Finding {
    let proxy = facts.proxy.address ?? "the proxy"
    return Finding(
      .proxy, .wrong, "\(proxy), by \(facts.proxy.source ?? "the settings"), fails: \(failure.message)",
      remedy:
        "check its address and whether it lets \(facts.target.host) through; no_proxy=\(facts.target.host) goes round it"
    )
  }

  private static func silent(_ text: String, _ facts: Facts) -> Finding {
    let answering = facts.others.first { $0.response != nil }?.probe.url
    let remedy =
      answering.map { "the port seems to be wrong; run: mfsh doctor \(Self.withoutSlash($0))" }
      ?? "check the port, the firewall and whether the web server runs"
    return Finding(.connection, .wrong, text, remedy: remedy)
  }

  static func withoutSlash(_ url: String) -> String { url.hasSuffix("/") ? String(url.dropLast()) : url }
}

/// Times for people.
enum Milliseconds {
  static func text(_ seconds: Double) -> String {
    seconds < 10 ? "\(Int((seconds * 1000).rounded())) ms" : "\(Int(seconds.rounded())) s"
  }
}

extension DiagnosisTarget {
  /// Whether the host is an address and no name.
  var isAddress: Bool {
    host.hasPrefix("[") || host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
  }
}
