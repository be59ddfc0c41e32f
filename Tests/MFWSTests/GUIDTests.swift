import MFWS
import Testing

@Suite struct GUIDTests {
  @Test(arguments: [
    "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}", "C840BE1A-5B47-4AC0-8EF7-835C166C8E24",
    "{c840be1a-5b47-4ac0-8ef7-835c166c8e24}", "c840be1a5b474ac08ef7835c166c8e24",
    "{C840BE1A5B474AC08EF7835C166C8E24}",
  ])
  func readsEverySpelling(_ text: String) {
    #expect(GUID(text)?.description == "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}")
  }

  @Test(arguments: [
    "", "{}", "Sample Vault", "C840BE1A-5B47-4AC0-8EF7-835C166C8E2", "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24",
    "G840BE1A-5B47-4AC0-8EF7-835C166C8E24", "C840BE1A5B474AC08EF7835C166C8E2G", "éééééééééééééééé",
  ])
  func refusesWhatIsNone(_ text: String) {
    #expect(GUID(text) == nil)
  }
}
