import MFWS
import Testing

@testable import Sandbox

@Suite struct NodeTests {
  @Test func `a token works on the node that made it alone`() {
    var client = Client { $0.nodes = 2 }
    let token = client.token("editor")
    #expect(client.jar["mfilesmsm"] == "node1")
    #expect(client.get("/session", token: token).status == 200)
    client.jar["mfilesmsm"] = "node2"
    let answer = client.get("/session", token: token)
    #expect(answer.status == 403)
    #expect(answer.flags == [false, false])
    #expect(answer.body["ExceptionName"] == "ForbiddenException")
    #expect(answer.body["Message"] == "Token-based authentication failed.")
    #expect(answer.body["Exception"]?["InnerException"]?["Name"] == "CryptographicException")
    #expect(answer.body["Exception"]?["InnerException"]?["Message"]?.string?.contains("OAEP padding") == true)
  }

  @Test func `without cookies requests go in turn`() {
    var client = Client { $0.nodes = 2 }
    client.keepsCookies = false
    let token = client.token("editor")
    #expect((0..<4).map { _ in client.get("/session", token: token).status } == [403, 200, 403, 200])
  }

  @Test func `a cookie session belongs to a node`() {
    var client = Client { $0.nodes = 2 }
    client.logIn("editor")
    #expect(client.send("GET", "/session").status == 200)
    client.jar["mfilesmsm"] = "node2"
    #expect(client.send("GET", "/session").flags == [false, false])
  }

  @Test func `an unknown node is replaced`() {
    var client = Client { $0.nodes = 2 }
    for name in ["node3", "node0", "nodex", ""] {
      client.jar["mfilesmsm"] = name
      client.send("GET", "/server/status")
      #expect(["node1", "node2"].contains(client.jar["mfilesmsm"]))
    }
  }

  @Test func `a single server sets no node cookie`() {
    var client = Client()
    client.logIn("editor")
    #expect(client.jar["mfilesmsm"] == nil)
  }
}
