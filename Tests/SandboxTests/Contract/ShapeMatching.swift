import HTTP
import MFWS
import Sandbox

extension SandboxAnswer.Shape {
  /// Whether a response has this body, as far as clients rely on it.
  func matches(_ response: HTTPResponse) -> Bool {
    let body = response.json
    switch self {
    case .empty: return response.body.isEmpty
    case .page: return response.body.first == UInt8(ascii: "<")
    case .sessionInfo: return body["AccountName"]?.string != nil && body["UserID"]?.integer != nil
    case .vaultsWithTokens:
      return body.array?.allSatisfy { $0.isVault && $0["Authentication"]?.string != nil } ?? false
    case .vaults: return body.array?.allSatisfy(\.isVault) ?? false
    case .vault: return body.isVault
    case .text: return body["Value"]?.string?.isEmpty == false
    case .integer: return body["Value"]?.integer != nil
    case .yes: return body["Value"] == true
    case .status: return body["Successful"]?.bool != nil && body["Message"]?.string != nil
    case .publicKey: return body["Exponent"]?.string != nil && body["Modulus"]?.string != nil
    case .capabilities:
      return body.object.map { $0.count > 5 && $0.values.allSatisfy { $0.bool != nil } } ?? false
    case .plugins: return body.array?.allSatisfy { $0["Name"]?.string != nil } ?? false
    case .errorLoggedOut: return body.isError(vault: false, application: false)
    case .errorInApplication: return body.isError(vault: false, application: true)
    case .errorForeignToken:
      return body.isError(vault: false, application: false)
        && body["Exception"]?["InnerException"]?["Name"] == "CryptographicException"
    }
  }

  /// What a response looks like; nil when it is nothing known.
  static func of(_ response: HTTPResponse) -> SandboxAnswer.Shape? {
    allCases.reversed().first { $0.matches(response) }
  }
}

extension JSONValue {
  fileprivate var isVault: Bool {
    self["Name"]?.string != nil && self["GUID"]?.string.flatMap { GUID($0) } != nil
  }

  fileprivate func isError(vault: Bool, application: Bool) -> Bool {
    self["Message"]?.string != nil && self["IsLoggedToVault"]?.bool == vault
      && self["IsLoggedToApplication"]?.bool == application
  }
}
