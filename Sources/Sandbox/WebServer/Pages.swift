/// What a web server answers by itself, in HTML.
extension WebResponse {
  /// A page whose title is also its heading.
  static func page(_ title: String, status: Int, text: String = "") -> WebResponse {
    let page = """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml">
      <head><meta charset="utf-8"/><title>\(title.escapedForHTML)</title></head>
      <body><h1>Server Error</h1><h2>\(title.escapedForHTML)</h2>
      <h3>\(text.escapedForHTML)</h3></body>
      </html>

      """
    return WebResponse(status: status, headers: [("Content-Type", "text/html")], body: Array(page.utf8))
  }

  /// What IIS answers to a verb it was not told to let through.
  static var verbBlocked: WebResponse {
    page(
      "405 - HTTP verb used to access this page is not allowed.", status: 405,
      text: "The page you are looking for cannot be displayed because an invalid method (HTTP verb) was used."
    ).adding("Allow", "GET, HEAD, OPTIONS, TRACE")
  }

  /// What IIS answers to a verb that no module of it knows.
  static var verbUnknown: WebResponse {
    page("501 - Header values specify a method that is not implemented.", status: 501)
  }

  static var fileNotFound: WebResponse {
    page(
      "404 - File or directory not found.", status: 404,
      text:
        "The resource you are looking for might have been removed, had its name changed, or is unavailable.")
  }

  static var unauthorized: WebResponse {
    page("401 - Unauthorized: Access is denied due to invalid credentials.", status: 401)
      .adding("WWW-Authenticate", "Negotiate").adding("WWW-Authenticate", "NTLM")
  }

  static var forbidden: WebResponse {
    page("403 - Forbidden: Access is denied.", status: 403)
  }

  static var certificateRequired: WebResponse {
    page("403.7 - Forbidden: SSL client certificate is required.", status: 403)
  }

  static var badGateway: WebResponse {
    page("502 - Web server received an invalid response while acting as a gateway.", status: 502)
  }

  /// The page of a web server that has just been set up.
  static var welcome: WebResponse { plainPage("IIS Windows Server", "Internet Information Services") }

  /// The page where people log in to M-Files Web.
  static var loginPage: WebResponse { plainPage("M-Files Web - Log in", "Log in to M-Files Web") }

  /// The window that a browser opens for single sign-on, once it has done its work.
  static var loggedInPage: WebResponse { plainPage("M-Files Web - Logged in", "You may close this window.") }

  private static func plainPage(_ title: String, _ text: String) -> WebResponse {
    let page =
      "<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body><p>\(text)</p></body></html>\n"
    return WebResponse(
      status: 200, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(page.utf8))
  }
}

extension String {
  fileprivate var escapedForHTML: String {
    reduce(into: "") { text, letter in
      switch letter {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      default: text.append(letter)
      }
    }
  }
}
