import Glibc
import HTTP

// Makes requests as the lines of standard input say, one after the other, by one client. Words are separated by tabs:
//   set NAME VALUE                    changes the environment
//   get URL                           a plain request
//   get URL SCHEME [USER PASSWORD]    one that authenticates its connection
// Each request writes a line: the status and the body, or the code of the error.

var configuration = HTTPConfiguration()
configuration.proxy = ""
let client = HTTPClient(configuration: configuration)

func request(_ words: [String]) -> HTTPRequest {
  var request = HTTPRequest(url: words[1])
  if words.count > 2 {
    request.authentication = ConnectionAuthentication(
      ConnectionAuthentication.Scheme(rawValue: words[2]) ?? .any,
      user: words.count > 4 ? words[3] : nil, password: words.count > 4 ? Secret(words[4]) : nil)
  }
  return request
}

while let line = readLine() {
  let words = line.split(separator: "\t").map(String.init)
  switch words.first {
  case "set" where words.count == 3: setenv(words[1], words[2], 1)
  case "get" where words.count > 1:
    do {
      let response = try await client.send(request(words))
      print(response.status, String(decoding: response.body.prefix(40), as: UTF8.self))
    } catch {
      print(error.code)
    }
  default: exit(64)
  }
}
