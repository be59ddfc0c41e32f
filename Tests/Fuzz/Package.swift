// swift-tools-version: 6.2
import PackageDescription

// A package of its own: libFuzzer brings a main function, which the tests of the main package cannot have beside theirs.
// Sources is a link to the main package's, compiled here with the fuzzer's instrumentation.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// The fuzzer's option covers C alone: for Swift it is told apart what libFuzzer counts.
let counted =
  settings + [
    .unsafeFlags(["-sanitize-coverage=edge,trace-cmp,inline-8bit-counters,pc-table"])
  ]

let package = Package(
  name: "Fuzz",
  targets: [
    .systemLibrary(name: "CLua", path: "Sources/CLua", pkgConfig: "lua5.4"),
    .systemLibrary(name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl"),
    .systemLibrary(name: "CGnuTLS", path: "Sources/CGnuTLS", pkgConfig: "gnutls"),
    .target(
      name: "CLuaBridge", dependencies: ["CLua"], path: "Sources/CLuaBridge",
      cSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link"])]),
    .target(name: "LuaKit", dependencies: ["CLuaBridge"], path: "Sources/LuaKit", swiftSettings: settings),
    .target(name: "HTTP", dependencies: ["CCurl"], path: "Sources/HTTP", swiftSettings: settings),
    .target(
      name: "Cryptography", dependencies: ["CGnuTLS"], path: "Sources/Cryptography", swiftSettings: settings),
    .target(
      name: "MFWS", dependencies: ["HTTP", "Cryptography"], path: "Sources/MFWS", swiftSettings: settings),
    .target(
      name: "Check", dependencies: ["HTTP", "MFWS", "Cryptography"], path: "Sources/Check",
      swiftSettings: counted),
    // Of these two only what is fuzzed, which needs nothing else of them.
    .target(
      name: "LineEditing", path: "Sources/LineEditing",
      sources: ["KeyDecoder.swift", "KeySequences.swift", "EditKey.swift"],
      swiftSettings: counted),
    .target(
      name: "Shell", dependencies: ["LuaKit", "MFWS", "HTTP"], path: ".",
      sources: [
        "HistoryRedaction", "LocalNames", "LuaToken", "SecretFinder", "SecretFinder+Assignments",
        "SecretFinder+BareWords", "SecretFinder+Functions", "SecretFinder+Names", "SecretFinder+Rewriting",
        "SecretFinder+Texts", "SecretNames", "SecretText", "ShellWords", "Statement", "TokenStructure",
      ].map { "Sources/Shell/Repl/\($0).swift" } + [
        "Standins/LuaLiteral.swift", "Standins/PromptCommand.swift", "Standins/SettingKey.swift",
      ],
      swiftSettings: counted),
    .target(
      name: "FuzzSubject", dependencies: ["LuaKit", "LineEditing", "HTTP", "MFWS", "Check", "Shell"],
      path: "FuzzSubject",
      swiftSettings: counted),
    .executableTarget(
      name: "Fuzzer", dependencies: ["FuzzSubject"], path: "Fuzzer",
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
