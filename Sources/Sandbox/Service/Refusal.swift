/// A request that the service does not fulfil, with all that its error body says.
struct Refusal: Error, Sendable {
  var status: Int
  var exception: String
  var message: String
  var inner: (name: String, message: String)?
  var isLoggedToVault = false
  var isLoggedToApplication = false

  /// The body, shaped as recorded from real servers.
  func response(to request: WebRequest, resource: String) -> WebResponse {
    .json(
      [
        "Status": .integer(Int64(status)), "URL": .string(resource), "Method": .string(request.method),
        "Exception": .object(exceptionFields),
        "Stack": .string("Error reference ID: \(Opaque.reference())"),
        "Message": .string(message), "IsLoggedToVault": .bool(isLoggedToVault),
        "IsLoggedToApplication": .bool(isLoggedToApplication), "ExceptionName": .string(exception),
      ], status: status)
  }

  private var exceptionFields: [(String, JSONText)] {
    var fields: [(String, JSONText)] = [("Name", .string(exception)), ("Message", .string(message))]
    if let inner {
      let fieldsOfInner: JSONText = ["Name": .string(inner.name), "Message": .string(inner.message)]
      fields.append(("InnerException", fieldsOfInner))
    }
    return fields
  }

  /// The same refusal, saying what the caller is logged in to.
  func at(_ caller: Caller) -> Refusal {
    var copy = self
    copy.isLoggedToApplication = true
    copy.isLoggedToVault = caller.vault != nil
    return copy
  }
}

extension Refusal {
  /// Wrong credentials, an expired or logged-out session, or none at all.
  static var login: Refusal {
    Refusal(status: 403, exception: "UnauthorizedAccessException", message: "Login to application failed")
  }
  /// The account is fine, the vault is not for it, or does not exist.
  static func vault(isLoggedToApplication: Bool) -> Refusal {
    Refusal(
      status: 403, exception: "UnauthorizedAccessException", message: "Login to vault failed",
      isLoggedToApplication: isLoggedToApplication)
  }
  /// The caller is logged in, but not in a way that lets it log in, log out or change the vault.
  static var unmodifiable: Refusal {
    Refusal(
      status: 403, exception: "UnauthorizedAccessException",
      message: "Current session is not allowed to modify its state.")
  }
  /// A token that another node made.
  static var foreignToken: Refusal {
    Refusal(
      status: 403, exception: "ForbiddenException", message: "Token-based authentication failed.",
      inner: ("CryptographicException", "The OAEP padding could not be decoded."))
  }
  static var notFound: Refusal {
    Refusal(
      status: 404, exception: "NotFoundException",
      message: "Exception of type 'MFWS.NotFoundException' was thrown.")
  }
  static var wrongVerb: Refusal {
    Refusal(
      status: 405, exception: "MethodNotAllowedException",
      message: "The resource does not support this method.")
  }
  static func invalid(_ message: String) -> Refusal {
    Refusal(status: 400, exception: "ArgumentException", message: message)
  }
  static var ambiguousVault: Refusal {
    Refusal(
      status: 409, exception: "ConflictException", message: "Several vaults bear this name. Use the GUID.")
  }
  static var tooLarge: Refusal {
    Refusal(status: 413, exception: "RequestTooLargeException", message: "The request body is too large.")
  }
  /// The pre-shared key is missing or wrong.
  static var presharedKey: Refusal {
    Refusal(status: 403, exception: "ForbiddenException", message: "The pre-shared key is not accepted.")
  }
  /// All concurrent licences are taken.
  static var noLicense: Refusal {
    Refusal(
      status: 403, exception: "LicenseException", message: "All concurrent user licenses are in use.")
  }
  /// The web service runs, M-Files Server behind it does not.
  static var serverDown: Refusal {
    Refusal(
      status: 503, exception: "ServiceUnavailableException", message: "M-Files Server is not running.")
  }
  static var full: Refusal {
    Refusal(status: 503, exception: "ServiceUnavailableException", message: "Too many sessions are open.")
  }
}
