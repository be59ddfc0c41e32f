/// A proxy that demands NTLM for `/WebServiceSSO.aspx`, connection by connection as IIS does, and tells the server
/// behind it whom it has let in. On PyPI's pyspnego, which `scripts/setup --test` installs.
package final class NTLMServer: RealPart {
  package static let needs = [Installed.python, pyspnego]

  /// The address without a slash at the end.
  package var url: String { "http://localhost:\(server.port)" }

  private let folder: TemporaryFolder
  private let server: ServerProcess

  /// Starts it.
  /// - Parameters:
  ///   - accounts: the password of each `DOMAIN\user`.
  ///   - upstream: an `http` URL without a slash at the end.
  package init(accounts: [String: String], upstream: String, proof: ProxyProof) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    let lines = accounts.map { "\($0.replacing("\\", with: ":")):\($1)\n" }
    let environment = [
      "NTLM_USER_FILE": try folder.write("accounts", lines.joined()), "PROXY_SECRET": proof.secret,
      "PYTHONDONTWRITEBYTECODE": "1",
    ]
    server = try ServerProcess(environment: environment) { port in
      [Installed.python, Installed.fixture("ntlm_server.py"), "\(port)", upstream]
    }
  }

  private static let pyspnego: String = {
    // Python's version is part of the path.
    let libraries = Installed.python.replacing("bin/python", with: "lib")
    let versions = (try? ChildProcess.run(["ls", libraries]).output.split(separator: "\n")) ?? []
    return versions.map { "\(libraries)/\($0)/site-packages/spnego/__init__.py" }
      .first { Installed.path(of: $0) != nil } ?? "pyspnego"
  }()
}
