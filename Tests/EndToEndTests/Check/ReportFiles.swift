import MFWS
import TestSupport
import Testing

/// What the common readers of reports ask of them.
enum ReportFiles {
  /// Of all four kinds, beside each other.
  static let options = ["-r", "junit:r.xml", "-r", "tap:r.tap", "-r", "ndjson:r.ndjson", "-r", "html:r.html"]

  /// Fails unless all of them are whole.
  static func expectWhole(in bench: CheckBench, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expectSchema(bench.shell.home, sourceLocation: sourceLocation)
    let tap = try bench.shell.home.read("r.tap").split(separator: "\n")
    let tests = tap.count { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
    #expect(tap.first == "TAP version 14", sourceLocation: sourceLocation)
    #expect(tap[1].hasPrefix("1..\(tests)"), sourceLocation: sourceLocation)
    let records = try bench.records("r.ndjson")
    #expect(records.first?["type"]?.string == "run", sourceLocation: sourceLocation)
    #expect(records.last?["type"]?.string == "summary", sourceLocation: sourceLocation)
    #expect(try bench.results().count == tests, sourceLocation: sourceLocation)
    let page = try bench.shell.home.read("r.html")
    #expect(page.hasSuffix("</html>\n"), sourceLocation: sourceLocation)
  }

  /// What JUnit's own schema, and what Jenkins and GitLab read, have in common.
  private static let schema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:element name="testsuites"><xs:complexType>
        <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
        <xs:attribute name="name" type="xs:string"/><xs:attributeGroup ref="counts"/>
      </xs:complexType></xs:element>
      <xs:element name="testsuite"><xs:complexType>
        <xs:sequence>
          <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence>
            <xs:element name="property" maxOccurs="unbounded"><xs:complexType>
              <xs:attribute name="name" type="xs:string" use="required"/>
              <xs:attribute name="value" type="xs:string" use="required"/>
            </xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="testcase" type="testcase" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence>
        <xs:attribute name="name" type="xs:string" use="required"/><xs:attributeGroup ref="counts"/>
      </xs:complexType>
      <xs:unique name="pair"><xs:selector xpath="testcase"/><xs:field xpath="@classname"/><xs:field xpath="@name"/></xs:unique>
      </xs:element>
      <xs:complexType name="testcase">
        <xs:choice minOccurs="0">
          <xs:element name="failure" type="problem"/><xs:element name="error" type="problem"/>
          <xs:element name="skipped"><xs:complexType mixed="true"><xs:attribute name="message"/></xs:complexType></xs:element>
        </xs:choice>
        <xs:attribute name="name" type="xs:string" use="required"/>
        <xs:attribute name="classname" type="xs:string" use="required"/>
        <xs:attribute name="time" type="xs:decimal" use="required"/>
        <xs:attribute name="file" type="xs:string"/><xs:attribute name="line" type="xs:positiveInteger"/>
      </xs:complexType>
      <xs:complexType name="problem" mixed="true">
        <xs:attribute name="message" type="xs:string" use="required"/><xs:attribute name="type" type="xs:string"/>
      </xs:complexType>
      <xs:attributeGroup name="counts">
        <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
        <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
        <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
        <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
        <xs:attribute name="time" type="xs:decimal"/><xs:attribute name="timestamp" type="xs:dateTime"/>
      </xs:attributeGroup>
    </xs:schema>
    """

  private static func expectSchema(_ home: TemporaryFolder, sourceLocation: SourceLocation) throws {
    let schema = try home.write("junit.xsd", schema)
    let outcome = try ChildProcess.run(["xmllint", "--noout", "--schema", schema, home.path("r.xml")])
    #expect(outcome.status == .exited(0), "\(outcome.error)", sourceLocation: sourceLocation)
  }

  /// What an XPath finds in the JUnit report.
  static func xpath(_ path: String, in home: TemporaryFolder) throws -> String {
    let outcome = try ChildProcess.run(["xmllint", "--xpath", path, home.path("r.xml")])
    return outcome.output.hasSuffix("\n") ? String(outcome.output.dropLast()) : outcome.output
  }
}
