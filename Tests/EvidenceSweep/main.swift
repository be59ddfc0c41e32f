import Glibc

// Looks through all that the tests' programs have produced for every secret that was used, in every form. The folder:
//
//   secrets     name NUL secret NUL …, from the sandbox and the tests
//   produced/   a folder for each test, with outputs, screens and files
//
// Prints where a secret shows and its name, never the secret. The exit status is 1 when one shows, 2 when the search
// itself fails.

let arguments = CommandLine.arguments
guard arguments.count == 2, chdir(arguments[1]) == 0 else {
  fail("Usage: EvidenceSweep FOLDER")
}
do {
  let sweep = try Sweep()
  let findings = try sweep.findings()
  for line in findings { print("evidence: \(line)") }
  print("evidence: \(sweep.summary): \(findings.isEmpty ? "no secret shows" : "\(findings.count) show one")")
  exit(findings.isEmpty ? 0 : 1)
} catch {
  fail("\(error)")
}

func fail(_ message: String) -> Never {
  print("evidence: \(message)")
  exit(2)
}
