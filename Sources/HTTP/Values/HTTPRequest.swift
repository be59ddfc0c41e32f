/// One HTTP request.
public struct HTTPRequest: Sendable {
  /// A header or its value to be hidden wherever the request is shown.
  public struct Field: Sendable {
    /// The field's name, compared without regard to case.
    public var name: String
    /// The field's value.
    public var value: Secret
    /// A header field.
    public init(_ name: String, _ value: String) { self.init(name, Secret(value)) }
    /// A header field with a secret value.
    public init(_ name: String, _ value: Secret) {
      self.name = name
      self.value = value
    }
  }

  /// `GET`, `POST`, …, in upper case.
  public var method: String
  /// An absolute `http` or `https` URL.
  public var url: String
  /// Header fields in the order in which they are sent.
  public var headers: [Field]
  /// The body; nil sends none.
  public var body: Secret?

  /// A request.
  public init(method: String = "GET", url: String, headers: [Field] = [], body: Secret? = nil) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}
