import MFWS
import Testing

@testable import Shell

@Suite struct CSVTextTests {
  @Test func `rows are RFC 4180, with Name and GUID in front`() {
    let value: JSONValue = [
      ["Name": "One, \"two\"", "GUID": "{1}", "Zone": nil, "Online": true],
      ["Name": "Three\nlines", "GUID": "{2}", "Count": 7, "List": [1, ["a": "b"]]],
    ]
    #expect(
      CSVText(value).text == """
        Name,GUID,Count,List,Online,Zone\r
        "One, ""two""\",{1},,,true,\r
        "Three\nlines",{2},7,"[1,{""a"":""b""}]",,\r

        """)
  }

  @Test func `no text is a formula`() {
    let values: JSONValue = ["=1+1", "+1", "-1", "@x", "\tx", "a=b", -1, 1.5]
    #expect(
      CSVText(values).text
        == "value\r\n'=1+1\r\n'+1\r\n'-1\r\n'@x\r\n'\tx\r\na=b\r\n-1\r\n1.5\r\n")
  }

  @Test func `one object is one row, a scalar one cell`() {
    #expect(CSVText(["Value": 9_007_199_254_740_993]).text == "Value\r\n9007199254740993\r\n")
    #expect(CSVText("text").text == "value\r\ntext\r\n")
    #expect(CSVText([]).text == "\r\n")
  }
}
