/// The body of a refused request (protocol: WebServiceError). Any field can be missing.
struct WebServiceError {
  var message: String?
  var exception: String?
  var innerException: String?
  var reference: String?
  var isLoggedInVault: Bool?
  var isLoggedInApplication: Bool?

  /// nil when the body is no JSON object with one of the fields.
  init?(_ body: JSONValue?) {
    guard let body, let fields = body.object, !fields.isEmpty else { return nil }
    message = body["Message"]?.string ?? body["Exception"]?["Message"]?.string
    exception = body["ExceptionName"]?.string ?? body["Exception"]?["Name"]?.string
    innerException = Self.innermostName(body["Exception"])
    reference = Self.reference(body["Stack"])
    isLoggedInVault = body["IsLoggedToVault"]?.bool
    isLoggedInApplication = body["IsLoggedToApplication"]?.bool
    guard message != nil || exception != nil || fields["Status"] != nil else { return nil }
  }

  private static func innermostName(_ exception: JSONValue?) -> String? {
    var inner = exception?["InnerException"]
    var name: String?
    while let current = inner, current.object != nil {
      name = current["Name"]?.string ?? name
      inner = current["InnerException"]
    }
    return name
  }

  /// The text behind the colon of "Error reference ID: …", which comes in the server's language.
  private static func reference(_ stack: JSONValue?) -> String? {
    guard let text = stack?.string ?? stack?.array?.first?.string else { return nil }
    let words = text.split(separator: ":", maxSplits: 1)
    guard words.count == 2, !words[1].contains("\n") else { return nil }
    return String(words[1].drop { $0 == " " }.prefix(80))
  }
}
