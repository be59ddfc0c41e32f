import Check
import Glibc
import MFWS
import TestSupport
import Testing

@Suite struct NDJSONReportTests {
  @Test func holdsTheRecordsOfTheSchema() throws {
    var sample = SampleRun([
      SampleRun.missingVault("2", "ben"), SampleRun.waived("3", "ida"), SampleRun.missingVault("1", "carl"),
    ])
    sample.run.shard = .init(index: 1, count: 2)
    sample.run.rules = ["--tag staff"]
    sample.run.serverTimes = [SampleRun.server: "Thu, 01 Jan 2026 00:00:00 GMT"]
    let report = try sample.report(.ndjson)
    let carl = SampleRun.missingVault("1", "carl").content
    let ben = SampleRun.missingVault("2", "ben").content
    let ida = SampleRun.waived("3", "ida").content
    let common = { (id: String, account: String, status: String, waiver: String, content: String) in
      #"{"type":"result","id":"\#(id)","row":\#(id),"file":"roster.csv","line":\#((Int(id) ?? 0) + 1),"#
        + #""server":"https://m.example.com","account":"\#(account)","auth":"mfiles","expect":"allow","#
        + #""status":"\#(status)","code":"allowed","message":"other vaults than ordered: missing HR","#
        + #""findings":[{"check":"vaults","severity":"difference","expected":["HR","Sales"],"#
        + #""actual":["Sales"],"missing":["HR"],"extra":[]}],\#(waiver)"actual":{},"#
        + #""http":[{"method":"GET","path":"/session","status":200,"ms":20.5,"attempt":1}],"attempts":1,"#
        + #""started":"2026-03-04T05:06:08.000Z","ms":250,"logout":"n/a","meta":{},"content":"\#(content)"}"#
    }
    let waiver = #""waiver":{"reason":"ticket 17","until":"2026-12-31","was":"diff"},"#
    #expect(
      report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) == [
        #"{"type":"run","schema":"mfsh.check/1","version":"1.2.3","started":"2026-03-04T05:06:07.000Z","#
          + #""started_at":1772600767,"roster_hash":"c0ffee","roster_rows":3,"files":["roster.csv"],"#
          + #""servers":["https://m.example.com","http://localhost:8080/files"],"#
          + #""server_times":{"https://m.example.com":"Thu, 01 Jan 2026 00:00:00 GMT"},"#
          + #""rules":["--tag staff"],"shard":{"index":1,"count":2},"selected_rows":3}"#,
        common("1", "carl", "diff", "", carl), common("2", "ben", "diff", "", ben),
        common("3", "ida", "waived", waiver, ida),
        #"{"type":"group","status":"diff","code":"allowed","server":"https://m.example.com","#
          + #""findings":[{"check":"vaults","severity":"difference","expected":["HR","Sales"],"#
          + #""actual":["Sales"],"missing":["HR"],"extra":[]}],"count":2,"ids":["1","2"],"#
          + #""hint":"change who may enter these vaults (M-Files Admin: vault, Users), or correct the roster"}"#,
        #"{"type":"summary","counts":{"pass":0,"diff":2,"inconclusive":0,"unproved":0,"waived":1,"#
          + #""not_run":0},"ending":"complete","seconds":12.5,"requests":3,"failed_logouts":0}"#, "",
      ])
  }

  @Test(arguments: ReportFormat.allCases) func aFullDiskEndsAReport(_ format: ReportFormat) throws {
    let folder = try TemporaryFolder()
    let journal = try SampleRun((0..<200).map { SampleRun.missingVault("\($0)", HostileText.joined) })
      .journal(in: folder)
    let disk = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(disk) }
    var count = 0
    #expect(throws: SupportError.self) {
      try format.render(journal) { bytes in
        count += 1
        if write(disk, bytes, bytes.count) < 0 { throw SupportError("full") }
      }
    }
    #expect(count == 1)
  }

  @Test func everyLineIsAnObjectWithAType() throws {
    let hostile = HostileText.all.map { SampleRun.missingVault($0, $0) }
    for line in try SampleRun(hostile + SampleRun.all).report(.ndjson).split(separator: "\n") {
      #expect(JSONText.value(Array(line.utf8))?["type"]?.string != nil)
    }
  }
}
