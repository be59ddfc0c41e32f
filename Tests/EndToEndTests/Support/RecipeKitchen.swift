import Glibc
import Sandbox
import TestSupport
import Testing

/// What the recipes take for granted: a server at `MFILES_URL` with the accounts jo and ann, the password manager
/// `pass`, and a home folder with the profiles.
struct RecipeKitchen {
  static let server = "https://mfiles.example.com"
  static let seed = """
    {
      "vaults": [
        {"name": "Sales", "guid": "{0A1B2C3D-0000-4000-8000-000000000001}"},
        {"name": "Contracts", "guid": "{0A1B2C3D-0000-4000-8000-000000000002}"}
      ],
      "accounts": [
        {"name": "jo", "password": "first", "full_name": "Jo Doe", "user_id": 7, "vaults": "*"},
        {"name": "ann", "password": "second", "windows": true, "domain": "CORP", "vaults": ["Sales"]},
        {"name": "kim", "password": "", "windows": true, "domain": "MFSH", "vaults": ["Sales"]},
        {"name": "leaver", "password": "third", "enabled": false, "vaults": "*"}
      ],
      "plugins": [{"name": "Corporate", "bearers": {"bearer-of-jo": "jo"}PLUGIN}]
    }
    """

  /// The sandbox of the recipe.
  static func sandbox(
    plugin: String = "", _ change: (inout SandboxConfiguration) -> Void = { _ in }
  ) throws -> SandboxServer {
    var configuration = SandboxConfiguration()
    configuration.seed = try SandboxSeed(json: Array(seed.replacing("PLUGIN", with: plugin).utf8))
    change(&configuration)
    return try SandboxServer(configuration)
  }

  let home: TemporaryFolder
  var environment: [String: String]
  /// What stands in the recipes for addresses of this test.
  var addresses: [String: String]
  /// What may stand on standard error.
  var message = ""

  init(_ url: String) throws {
    home = try TemporaryFolder()
    addresses = [Self.server: url]
    environment = Documentation.environment
    environment["HOME"] = home.path
    environment["MFILES_URL"] = url
    environment["PATH"] = "\(home.path):" + (environment["PATH"] ?? "")
    try home.write("pass", "#!/bin/sh\ncat \"$HOME/secrets/$1\"\n", mode: 0o700)
    for folder in ["secrets", "secrets/mfiles", ".config", ".config/mfsh"] { mkdir(home.path(folder), 0o700) }
    let secrets = [
      "jo": "first", "ann": "second", "leaver": "third", "bearer": "bearer-of-jo", "key": "shared",
    ]
    for (name, secret) in secrets { try home.write("secrets/mfiles/\(name)", secret + "\n") }
  }

  /// Puts the profiles of the recipe into the home folder, and a token of jo's where `pass` finds it.
  func addProfilesAndToken() throws {
    let profiles = try Documentation.examples(in: "RECIPES.md").first { $0.name == "profiles" }
    try home.write(".config/mfsh/profiles.lua", fitted(try #require(profiles).code))
    let url = try #require(environment["MFILES_URL"])
    let answer = try curl([
      "--data", #"{"Username": "jo", "Password": "first"}"#, "\(url)/REST/server/authenticationtokens",
    ])
    let token = answer.split(separator: "\"").last { $0.count > 100 }
    try home.write("secrets/mfiles/token", String(try #require(token)) + "\n")
  }

  /// Runs the code and compares what it prints.
  func cook(_ example: Documentation.Example) throws {
    let code = fitted(example.code)
    let words =
      example.language == "lua"
      ? [BuiltBinary.mfsh, try home.write("recipe.lua", code)] : ["bash", "-euo", "pipefail", "-c", code]
    let result = try ChildProcess.run(
      words, environment: environment, folder: home.path, within: Shell.patience)
    #expect(result.status == .exited(0), "\(code)\n\(result.error)")
    #expect(result.error.contains(message) && (result.error.isEmpty || !message.isEmpty), "\(result.error)")
    let printed = result.output.replacing(#/http://127\.0\.0\.1:\d+/#, with: Self.server)
    if let output = example.output { #expect(printed == output, "\(code)\n\(result.error)") }
  }

  private func fitted(_ code: String) -> String {
    addresses.reduce(code) { $0.replacing($1.key, with: $1.value) }
  }
}
