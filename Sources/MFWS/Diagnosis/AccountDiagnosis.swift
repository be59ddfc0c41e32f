import FoundationEssentials
import HTTP

extension Doctor {
  /// Examines the server and, when nothing is wrong with it, the account: one login, who it is, its vaults, the vault of
  /// the login, the logout.
  ///
  /// The credentials are sent once, and never over `http://` to another machine.
  ///
  /// - Throws: `client.usage` when no address can be read from the text, `client.cancelled`. A refused login is a finding.
  public func examine(as login: Login) async throws(MFWSError) -> Diagnosis {
    var server = try await examinedServer()
    try await examine(&server, as: login)
    return server.diagnosis
  }

  /// Continues the diagnosis of a server with one login, when nothing speaks against it.
  package func examine(_ server: inout ExaminedServer, as login: Login) async throws(MFWSError) {
    guard let place = server.place, server.obstacle == nil else {
      server.diagnosis.findings += [server.obstacle].compactMap { $0 }
      return
    }
    server.diagnosis.findings += try await AccountVisit(login, place, self).findings()
  }
}

extension Finding {
  /// There was no login, and why.
  package static func notTried(_ reason: String, remedy: String? = nil) -> Finding {
    Finding(.login, .doubtful, "not tried: \(reason)", remedy: remedy)
  }
}

/// One login, and what it opens.
private struct AccountVisit {
  private let login: Login
  private let vault: String?
  private let doctor: Doctor
  private let place: Facts.Place

  init(_ login: Login, _ place: Facts.Place, _ doctor: Doctor) {
    var login = login
    vault = login.vault
    login.vault = nil
    // A refused login is never repeated: accounts lock out.
    login.reconnects = false
    self.login = login
    self.place = place
    self.doctor = doctor
  }

  func findings() async throws(MFWSError) -> [Finding] {
    let session: Session
    do throws(MFWSError) {
      session = try await open()
    } catch {
      if error.code == .clientCancelled { throw error }
      return [.failed(.login, error)]
    }
    var findings = [
      Finding(.login, .fine, "\"\(session.user)\" is logged in", data: ["user": .string(session.user)])
    ]
    findings += [await account(session), await vaults(session)]
    if let vault { findings.append(await enter(vault, session)) }
    return findings + [await logOut(session)]
  }

  private func open() async throws(MFWSError) -> Session {
    var configuration = doctor.configuration
    configuration.style.paths = place.style
    configuration.allowsPlaintext = false
    return try await Session.open(
      place.base.description, login, configuration: configuration, http: doctor.http,
      sessions: doctor.sessions
    ).session
  }

  private func account(_ session: Session) async -> Finding {
    do throws(MFWSError) {
      return .account(try await session.info())
    } catch {
      return .failed(.account, error)
    }
  }

  private func vaults(_ session: Session) async -> Finding {
    do throws(MFWSError) {
      return .vaults(try await session.vaults())
    } catch {
      return .failed(.vaults, error)
    }
  }

  private func enter(_ vault: String, _ session: Session) async -> Finding {
    do throws(MFWSError) {
      let entered = try await session.use(vault)
      return Finding(
        .vault, .fine, "\"\(entered.name)\" lets the account in",
        data: ["guid": .string(entered.guid.description)])
    } catch {
      return .failed(.vault, error)
    }
  }

  private func logOut(_ session: Session) async -> Finding {
    do throws(MFWSError) {
      _ = try await session.logout()
      return Finding(.logout, .fine, "logged out, nothing stays behind")
    } catch {
      return Finding(
        .logout, .doubtful, error.message, remedy: "a licence may stay taken until the session expires")
    }
  }
}

extension Finding {
  fileprivate static func failed(_ check: Check, _ error: MFWSError) -> Finding {
    // A message says what happened, then after a colon what to do about it.
    Finding(check, .wrong, error.message, data: ["code": .string(error.code.rawValue)])
  }

  /// The licence, by the fields that real servers send.
  static func account(_ info: SessionInfo) -> Finding {
    let name = info.accountName ?? "the account"
    let licence = info.fields["licenseString"]?.string ?? info.licenseType.flatMap(Self.licence)
    let isReadOnly = info.licenseAllowsModifications == false
    let parts = [
      info.fullName.map { "\(name) (\($0))" } ?? name, licence.map { "licence: \($0)" },
      info.isInternalUser.map { $0 ? "internal user" : "external user" },
      isReadOnly ? "may change nothing" : nil,
    ]
    var data = info.fields.filter { ["AccountName", "FullName", "UserID", "licenseType"].contains($0.key) }
    data["licenseString"] = info.fields["licenseString"]
    return Finding(
      .account, isReadOnly ? .doubtful : .fine, parts.compactMap { $0 }.joined(separator: ", "),
      remedy: isReadOnly ? "give the account a licence that allows changes, if it needs one" : nil, data: data
    )
  }

  private static func licence(_ type: Int64) -> String? {
    [0: "none", 1: "named", 2: "concurrent", 3: "read-only"][type]
  }

  static func vaults(_ vaults: [Vault]) -> Finding {
    let names = vaults.prefix(5).map { "\"\($0.name)\"" } + (vaults.count > 5 ? ["…"] : [])
    let data: [String: JSONValue] = ["guids": .array(vaults.map { .string($0.guid.description) })]
    guard !vaults.isEmpty else {
      return Finding(
        .vaults, .doubtful, "the account may enter no vault", remedy: "give it a user account in a vault",
        data: data)
    }
    let noun = vaults.count == 1 ? "vault" : "vaults"
    return Finding(.vaults, .fine, "\(vaults.count) \(noun): \(names.joined(separator: ", "))", data: data)
  }
}
