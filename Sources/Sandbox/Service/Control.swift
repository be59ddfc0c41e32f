internal import FoundationEssentials
import MFWS

/// The resources below `/sandbox`, which no real server has: tests steer the sandbox by them.
extension WebService {
  /// The answer to a request of the sandbox's own; nil when it is one for the web service.
  mutating func control(_ request: WebRequest, now: Double) -> WebResponse? {
    // Most requests are not, as is seen at once.
    if request.path.hasPrefix("/REST/se") { return nil }
    var request = request
    let target = Target(&request)
    guard let resource = Resource(path: target.path), resource.isControl else { return nil }
    switch (resource, request.method) {
    case (.sandboxStats, "GET"): return .json(stats(now: now).description)
    case (.sandboxFaults, "GET"): return .json(faultList)
    case (.sandboxFaults, "DELETE"):
      faults = FaultSchedule()
      return .json(faultList)
    case (.sandboxFaults, "POST"): return setFaults(request, target)
    case (.sandboxNodes, "GET"): return .json(nodeList)
    case (.sandboxNodes, "POST"): return steerNodes(request, target)
    default: return Refusal.wrongVerb.response(to: request, resource: target.path)
    }
  }

  var faultList: JSONText { .array(faults.strikes.map { $0.fault.description(fired: $0.fired) }) }

  private var nodeList: JSONText {
    let numbers = { (isRunning: Bool) in
      JSONText.array(
        (0..<nodes.count).filter { nodes.stopped.contains($0) != isRunning }.map { .integer(Int64($0 + 1)) })
    }
    return ["running": numbers(true), "stopped": numbers(false)]
  }

  private mutating func setFaults(_ request: WebRequest, _ target: Target) -> WebResponse {
    do throws(SandboxError) {
      faults = FaultSchedule(try Fault.list(json: request.body))
      return .json(faultList)
    } catch {
      return Refusal.invalid(error.description).response(to: request, resource: target.path)
    }
  }

  /// `{"stop": 1}` or `{"start": 1}`.
  private mutating func steerNodes(_ request: WebRequest, _ target: Target) -> WebResponse {
    let body = try? JSONDecoder().decode(JSONValue.self, from: Data(request.body))
    var isDone = false
    if let number = body?["stop"]?.integer { isDone = stopNode(Int(clamping: number)) }
    if let number = body?["start"]?.integer { isDone = startNode(Int(clamping: number)) }
    if isDone { return .json(nodeList) }
    let rule = "Give {\"stop\": N} or {\"start\": N} with a node from 1 to \(nodes.count)."
    return Refusal.invalid(rule).response(to: request, resource: target.path)
  }
}

extension SandboxStats {
  var description: JSONText {
    [
      "live_sessions": .integer(Int64(liveSessions)), "live_licenses": .integer(Int64(liveLicenses)),
      "highest_live_sessions": .integer(Int64(highestLiveSessions)),
      "highest_live_licenses": .integer(Int64(highestLiveLicenses)),
      "logins": .integer(Int64(logins)), "logouts": .integer(Int64(logouts)),
      "refused_logins": .integer(Int64(refusedLogins)), "requests": .integer(Int64(requests)),
      "connections": .integer(Int64(connections)), "handshakes": .integer(Int64(handshakes)),
      "requests_by_path": .object(
        requestsByPath.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) }),
    ]
  }
}
