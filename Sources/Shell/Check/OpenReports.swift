import Check

/// The reports of `-r`, open since before the first login.
struct OpenReports {
  private let files: [(format: ReportFormat, file: ReportFile)]

  /// Proves that all of them can be written.
  ///
  /// - Parameter sources: files that must stay as they are.
  init(_ requests: [ReportRequest], besides sources: [String]) throws(CheckFailure) {
    for request in requests {
      guard let source = sources.first(where: { SameFile.areSame($0, request.path) }) else { continue }
      throw .configuration("the report \(request.path) would overwrite \(source); name another file")
    }
    files = try requests.map { request throws(CheckFailure) in
      (ReportFormat(request.format), try ReportFile(request.path))
    }
  }

  /// What is to be taken away when they are never finished.
  var leftovers: [String] { files.compactMap(\.file.leftover) }

  /// Writes them all.
  ///
  /// - Returns: the first thing that went wrong; the other reports are written all the same.
  func write(_ journal: Journal) -> CheckFailure? {
    var problem: CheckFailure?
    for (format, file) in files {
      do {
        try format.render(journal) { bytes in try file.write(bytes) }
        try file.finish()
      } catch {
        let failure = (error as? CheckFailure) ?? .failed("the report \(file.path): \(error)")
        if problem != nil { OutputStream.error("mfsh: \(failure)") } else { problem = failure }
      }
    }
    return problem
  }
}

extension ReportFormat {
  init(_ format: ReportRequest.Format) {
    self =
      switch format {
      case .ndjson: .ndjson
      case .junit: .junit
      case .tap: .tap
      case .html: .html
      }
  }
}
