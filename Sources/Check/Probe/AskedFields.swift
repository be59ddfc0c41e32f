import FoundationEssentials
package import MFWS

/// The fields of a SessionInfo that a row asks for. The others are not even read: there are eighty of them, and reading
/// them all takes longer than the request.
package enum AskedFields {
  /// What licences are told by.
  package static let license = ["licenseType", "isReadOnlyLicense", "LicenseAllowsModifications"]

  /// Their names; nil: all there are.
  package static func names(of row: RosterRow) -> [String] {
    var names = row.rights.map(\.name)
    if row.license != nil { names += license }
    if row.isInternal != nil { names.append("InternalUser") }
    if row.userID != nil { names.append("UserID") }
    return names
  }

  /// Reads them. Fields that are neither a text, a number nor a truth value are left out.
  ///
  /// - Parameters:
  ///   - names: compared without regard to case where the server spells one otherwise; nil: all.
  ///   - request: for the message when the text is no JSON.
  package static func read(
    _ text: [UInt8], _ names: [String]?, of request: String
  ) throws(MFWSError) -> [String: JSONValue] {
    do {
      var information: [CodingUserInfoKey: any Sendable] = [:]
      if let names, let key = Reader.key { information[key] = names }
      return try JSONText.decode(Reader.self, text, information: information).fields
    } catch {
      throw MFWSError(.serverBadResponse, "\(request) answered with JSON that cannot be read")
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Reader: Decodable {
    static let key = CodingUserInfoKey(rawValue: "mfsh.names")
    var fields: [String: JSONValue] = [:]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      guard let names = Self.key.flatMap({ decoder.userInfo[$0] }) as? [String] else {
        for name in container.allKeys { fields[name.stringValue] = Self.value(container, name) }
        return
      }
      for name in names {
        guard let found = Self.find(name, container) else { continue }
        fields[name] = Self.value(container, found)
      }
    }

    private static func find(_ name: String, _ container: KeyedDecodingContainer<Name>) -> Name? {
      let exact = Name(stringValue: name)
      if container.contains(exact) { return exact }
      let lowercased = name.lowercased()
      return container.allKeys.first { $0.stringValue.lowercased() == lowercased }
    }

    private static func value(_ container: KeyedDecodingContainer<Name>, _ name: Name) -> JSONValue? {
      if let value = try? container.decode(Bool.self, forKey: name) { return .bool(value) }
      if let value = try? container.decode(Int64.self, forKey: name) { return .integer(value) }
      if let value = try? container.decode(String.self, forKey: name) { return .string(value) }
      return nil
    }
  }
}

/// A vault in the list of a session, without its token.
struct ListedVault: Decodable {
  let name: String
  let guid: GUID

  private enum CodingKeys: String, CodingKey {
    case name = "Name"
    case guid = "GUID"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
    guid = try container.decode(GUID.self, forKey: .guid)
  }

  var reference: RowResult.VaultReference { .init(guid: guid.description, name: name) }
}
