/// In place of the keys of connection settings, which need the settings: those that matter to a login.
enum SettingKey: String, CaseIterable {
  case url, user, password, vault, domain, token, bearer
}
