package import Check
package import HTTP
import MFWS

/// The options of `mfsh check`, as they were typed.
package struct CheckArguments: Sendable, Equatable {
  /// How a roster is written.
  package enum Format: String, Sendable, CaseIterable {
    case csv, tsv, json, ndjson, lua
  }
  /// The rows of an earlier run to check again.
  package enum Selection: String, Sendable, CaseIterable {
    case failed, inconclusive
  }
  /// How an account is logged in.
  package enum Way: String, Sendable, CaseIterable {
    case token, session
  }
  /// What is told while it runs.
  package enum Progress: String, Sendable, CaseIterable {
    case auto, plain, none
  }

  /// How standard input is written.
  package var format: Format?
  package var tags: [String] = []
  package var only: Selection?
  /// The run that `only` is about.
  package var from: String?
  package var shard: RunRecord.Shard?

  package var allowedServers: [String] = []
  package var secrets: [SecretAlias] = []

  package var via = Way.token
  package var provesLogout = false
  package var waiverFile: String?
  /// An earlier run that proves secrets.
  package var baseline: String?
  package var acceptsUnproved = false
  /// A script's own rule besides; there is no option for it.
  package var hasOwnRule = false

  package var jobs = 8
  package var perServer: Int?
  /// Rows that begin in a second.
  package var rate: Double?
  package var licenseSlots = 4
  /// Seconds for the whole run.
  package var maxTime: Double?
  package var retries = 2
  package var abortRefused = 5
  package var abortAfter: Int?
  package var failsFast = false
  package var isDryRun = false
  package var runFolder: String?
  package var resumes = false

  package var reports: [ReportRequest] = []
  package var progress = Progress.auto

  package init() {}
}

extension RunRecord.Shard {
  /// Of `--shard 2/8`. Nil: not written like that, or no such part.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
    self.init(index: index, count: count)
  }
}

/// `-r junit:report.xml`: a report to write.
package struct ReportRequest: Sendable, Equatable {
  package enum Format: String, Sendable, CaseIterable {
    case ndjson, junit, tap, html
  }
  package let format: Format
  package let path: String

  /// - Throws: `UsageError` that names the formats.
  package init(_ text: String) throws(UsageError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let words = Format.allCases.map(\.rawValue)
    guard let format = Format(rawValue: parts[0]) else {
      let near = nearest(to: parts[0], in: words)
      let path = near == nil ? text : parts.count > 1 ? parts[1] : ""
      throw .badValue(
        "--report", text, needs: "FORMAT:PATH with one of \(words.joined(separator: ", "))",
        example: "\(near ?? "junit"):\(path.isEmpty ? "report.\(near ?? "xml")" : path)")
    }
    guard parts.count > 1, !parts[1].isEmpty else {
      throw .badValue(
        "--report", text, needs: "a path behind the format", example: "\(format):report.\(format)")
    }
    guard parts[1] != "-" else {
      throw UsageError(
        "--report writes files, and standard output is for people; name a file, such as report.\(format)")
    }
    self.format = format
    path = parts[1]
  }
}

/// `--secret NAME=SOURCE`: where the secret is that rosters call by this name.
package struct SecretAlias: Sendable, Equatable {
  package enum Source: Sendable, Equatable {
    case variable(String)
    case file(String)
    /// A program and its arguments, which is asked for one account after the other.
    case helper([String])
    /// A question on the terminal.
    case question
    /// The secret itself, from a profile that nobody else can read.
    case value(Secret)
  }
  package let name: String
  package let source: Source

  init(name: String, source: Source) {
    self.name = name
    self.source = source
  }

  /// - Throws: `UsageError`. What stands behind the `=` may be a password that somebody wrote by mistake: it is not
  ///   repeated.
  package init(_ text: String) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, Self.isName(parts[0]) else {
      throw .badSecret(Self.isName(parts[0]) ? parts[0] : nil)
    }
    name = parts[0]
    let source = parts[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    let value = source.count > 1 ? source[1] : ""
    switch (source[0], value) {
    case ("prompt", "") where source.count == 1: self.source = .question
    case ("env", let name) where Self.isVariable(name): self.source = .variable(name)
    case ("file", let path) where !path.isEmpty: self.source = .file(path)
    case ("command", let command) where !command.isEmpty: self.source = .helper(["/bin/sh", "-c", command])
    default: throw .badSecret(name)
    }
  }

  /// What may name a secret in a roster.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-.".unicodeScalars.contains($0)
      }
  }

  private static func isVariable(_ text: String) -> Bool { !text.isEmpty && !text.contains("=") }
}

extension UsageError {
  fileprivate static func badSecret(_ name: String?) -> UsageError {
    UsageError(
      "--secret needs NAME=env:VARIABLE, NAME=file:PATH, NAME=command:COMMAND or NAME=prompt; "
        + "for example --secret \(name ?? "staff")=file:staff.password")
  }
}

extension SecretAlias.Source {
  /// The secret of a profile.
  init(_ secret: LazySecret) {
    self =
      switch secret.place {
      case .value(let secret): .value(secret)
      case .variable(let name): .variable(name)
      case .file(let path): .file(path)
      case .command(let words): .helper(words)
      case .question: .question
      }
  }
}
