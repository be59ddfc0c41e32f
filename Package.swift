// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
/// For the targets that import a C library.
let strictOverC: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
  name: "mfsh",
  products: [
    .executable(name: "mfsh", targets: ["mfsh"]),
    .library(name: "MFWS", targets: ["MFWS", "HTTP"]),
    .library(name: "Sandbox", targets: ["Sandbox"]),
  ],
  targets: [
    .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
    .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-gnutls-dev"])]),
    .systemLibrary(
      name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CGnuTLS", pkgConfig: "gnutls", providers: [.apt(["libgnutls28-dev"])]),

    .target(
      name: "CLuaBridge", dependencies: ["CLua"],
      cSettings: [.treatAllWarnings(as: .error), .enableWarning("all"), .enableWarning("extra")]),
    .target(name: "LuaKit", dependencies: ["CLuaBridge"], swiftSettings: strictOverC),
    .target(name: "LineEditing", dependencies: ["CEditLine"], swiftSettings: strictOverC),
    .target(name: "HTTP", dependencies: ["CCurl"], swiftSettings: strictOverC),
    .target(name: "Cryptography", dependencies: ["CGnuTLS"], swiftSettings: strictOverC),
    .target(name: "MFWS", dependencies: ["HTTP", "Cryptography"], swiftSettings: strict),
    .target(name: "Check", dependencies: ["HTTP", "MFWS", "Cryptography"], swiftSettings: strict),
    .target(
      name: "Sandbox", dependencies: ["CMicroHTTPD", "MFWS", "Cryptography"], exclude: ["EVIDENCE.md"],
      swiftSettings: strictOverC),
    .target(
      name: "Shell", dependencies: ["LuaKit", "LineEditing", "HTTP", "MFWS", "Check", "Sandbox"],
      resources: ["Functions", "Guides", "Modules", "start.txt", "manual.mdoc"].map {
        .embedInCode("Help/\($0)")
      },
      swiftSettings: strict),
    .executableTarget(name: "mfsh", dependencies: ["Shell"], swiftSettings: strict),

    .target(name: "CTestSupport", path: "Tests/CTestSupport"),
    .systemLibrary(
      name: "CVTerm", path: "Tests/CVTerm", pkgConfig: "vterm", providers: [.apt(["libvterm-dev"])]),
    .target(
      name: "TestSupport", dependencies: ["CTestSupport", "CVTerm"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "EditorProbe", dependencies: ["LineEditing"], path: "Tests/EditorProbe", swiftSettings: strict),
    .executableTarget(
      name: "RequestProbe", dependencies: ["HTTP"], path: "Tests/RequestProbe", swiftSettings: strict),
    .executableTarget(name: "EvidenceSweep", path: "Tests/EvidenceSweep", swiftSettings: strict),
    .testTarget(name: "LuaKitTests", dependencies: ["LuaKit", "HTTP"], swiftSettings: strict),
    .testTarget(
      name: "LineEditingTests", dependencies: ["LineEditing", "TestSupport", "EditorProbe"],
      swiftSettings: strict),
    .testTarget(
      name: "CryptographyTests", dependencies: ["Cryptography", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "HTTPTests", dependencies: ["HTTP", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MFWSTests", dependencies: ["MFWS", "Sandbox", "HTTP", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SandboxTests", dependencies: ["Sandbox", "MFWS", "HTTP", "Cryptography", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CheckTests", dependencies: ["Check", "MFWS", "HTTP", "Sandbox", "TestSupport"],
      swiftSettings: strict),
    .target(
      name: "FuzzSubject", dependencies: ["LuaKit", "LineEditing", "HTTP", "MFWS", "Check", "Shell"],
      path: "Tests/Fuzz/FuzzSubject",
      swiftSettings: strict),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzSubject"], swiftSettings: strict),
    .testTarget(
      name: "ShellTests",
      dependencies: ["Shell", "LineEditing", "Check", "Sandbox", "HTTP", "LuaKit", "MFWS", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["Sandbox", "MFWS", "HTTP", "TestSupport", "mfsh", "RequestProbe", "EvidenceSweep"],
      exclude: ["Screens"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
