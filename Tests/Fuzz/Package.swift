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
      name: "FuzzSubject", dependencies: ["LuaKit", "HTTP", "MFWS"], path: "FuzzSubject",
      swiftSettings: settings),
    .executableTarget(
      name: "Fuzzer", dependencies: ["FuzzSubject"], path: "Fuzzer",
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu17
)
