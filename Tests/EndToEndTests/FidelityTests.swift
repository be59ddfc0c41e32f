import FoundationEssentials
import MFWS
import TestSupport
import Testing

/// What the server says reaches the script as it was said.
@Suite struct FidelityTests {
  /// 26 fields, half of them in no documentation.
  static let info = #"""
    {"AccountName":"jö@example.com","ACLMode":1,"AuthenticationType":3,"CanForceUndoCheckout":true,
    "CanManageCommonUISettings":false,"CanManageCommonViews":false,"CanManageTraditionalFolders":true,
    "CanMaterializeViews":true,"CanSeeAllObjects":false,"CanSeeDeletedObjects":false,"InternalUser":true,
    "LicenseAllowsModifications":true,"UserID":9007199254740993,"FullName":null,"HasFullControlOfVault":false,
    "IsAdminUser":false,"CanCreateobjects":true,"isReadOnlyLicense":false,"licenseString":"Namensgebunden \"√\"",
    "licenseType":1,"LoginHint":"","SerialNumber":"\u0000\u001b[31m\ud83d\ude00","Deployment":"OnPremise",
    "AutomaticMetadataEnabled":[],"ServerVaultCapabilities":{"A":[[1,[2,[3,null]]],{}],"Empty":{},"List":[]},
    "Ratio":[-0.5,1e-7,1.5e300,-9223372036854775808]}
    """#

  @Test func anUnknownAnswerComesBackUnchanged() throws {
    let server = try LyingServer(["GET /REST/session": .json(Self.info)])
    let result = try Shell(server: server.url).run(
      "session.login{user='liar', password='p'} io.write(json.encode(session.info()))")
    #expect(result.error == "")
    let decoder = JSONDecoder()
    let sent = try decoder.decode(JSONValue.self, from: Data(Self.info.utf8))
    let shown = try decoder.decode(JSONValue.self, from: Data(result.output.utf8))
    #expect(sent.object?.count == 26)
    #expect(shown == sent)
    #expect(result.output.contains("9007199254740993"))
  }
}
