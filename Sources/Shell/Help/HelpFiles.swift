/// The texts of the files beside this one, which the build puts into the program. A new file needs its line here; a
/// test finds one without.
enum HelpFiles {
  typealias Text = (name: String, bytes: [UInt8])

  /// What the start page says.
  static var start: [UInt8] { PackageResources.start_txt }

  /// The manual page, with places for what follows from tables.
  static var manual: [UInt8] { PackageResources.manual_mdoc }

  /// The tables of functions, in the order of the start page.
  static let modules: [Text] = [
    ("session", PackageResources.session_txt),
    ("server", PackageResources.server_txt),
    ("secret", PackageResources.secret_txt),
    ("tasks", PackageResources.tasks_txt),
    ("check", PackageResources.check_txt),
    ("json", PackageResources.json_txt),
    ("mfsh", PackageResources.mfsh_txt),
  ]

  /// What is told apart from a function.
  static let guides: [Text] = [
    ("commands", PackageResources.commands_txt),
    ("errors", PackageResources.errors_txt),
    ("faults", PackageResources.faults_txt),
    ("keys", PackageResources.keys_txt),
    ("lock", PackageResources.lock_txt),
    ("profiles", PackageResources.profiles_txt),
    ("prompt", PackageResources.prompt_txt),
    ("roster", PackageResources.roster_txt),
    ("settings", PackageResources.settings_txt),
    ("verdicts", PackageResources.verdicts_txt),
  ]

  /// The names of Lua, in the order in which their modules list them.
  static let functions: [Text] = session + server + secret + tasks + check + json + program

  private static let session: [Text] = [
    ("session.login", PackageResources.session_login_txt),
    ("session.info", PackageResources.session_info_txt),
    ("session.vaults", PackageResources.session_vaults_txt),
    ("session.use", PackageResources.session_use_txt),
    ("session.vault", PackageResources.session_vault_txt),
    ("session.user_id", PackageResources.session_user_id_txt),
    ("session.token", PackageResources.session_token_txt),
    ("session.request", PackageResources.session_request_txt),
    ("session.last", PackageResources.session_last_txt),
    ("session.current", PackageResources.session_current_txt),
    ("session.open", PackageResources.session_open_txt),
    ("session.logout", PackageResources.session_logout_txt),
  ]

  private static let server: [Text] = [
    ("server.status", PackageResources.server_status_txt),
    ("server.diagnose", PackageResources.server_diagnose_txt),
    ("server.vaults", PackageResources.server_vaults_txt),
    ("server.authentication_protocols", PackageResources.server_authentication_protocols_txt),
    ("server.capabilities", PackageResources.server_capabilities_txt),
    ("server.public_key", PackageResources.server_public_key_txt),
  ]

  private static let secret: [Text] = [
    ("secret.ask", PackageResources.secret_ask_txt),
    ("secret.env", PackageResources.secret_env_txt),
    ("secret.file", PackageResources.secret_file_txt),
    ("secret.command", PackageResources.secret_command_txt),
    ("secret.of", PackageResources.secret_of_txt),
    ("secret.reveal", PackageResources.secret_reveal_txt),
  ]

  private static let tasks: [Text] = [
    ("tasks.map", PackageResources.tasks_map_txt),
    ("tasks.settle", PackageResources.tasks_settle_txt),
    ("tasks.each", PackageResources.tasks_each_txt),
    ("tasks.timeout", PackageResources.tasks_timeout_txt),
    ("tasks.sleep", PackageResources.tasks_sleep_txt),
  ]

  private static let check: [Text] = [("check.run", PackageResources.check_run_txt)]

  private static let json: [Text] = [
    ("json.encode", PackageResources.json_encode_txt),
    ("json.decode", PackageResources.json_decode_txt),
    ("json.null", PackageResources.json_null_txt),
    ("json.array", PackageResources.json_array_txt),
  ]

  private static let program: [Text] = [
    ("mfsh.sandbox", PackageResources.mfsh_sandbox_txt),
    ("mfsh.show", PackageResources.mfsh_show_txt),
    ("mfsh.why", PackageResources.mfsh_why_txt),
    ("mfsh.save", PackageResources.mfsh_save_txt),
    ("mfsh.edit", PackageResources.mfsh_edit_txt),
    ("mfsh.lock", PackageResources.mfsh_lock_txt),
    ("mfsh.unlock", PackageResources.mfsh_unlock_txt),
    ("mfsh.profile", PackageResources.mfsh_profile_txt),
    ("mfsh.args", PackageResources.mfsh_args_txt),
    ("mfsh.version", PackageResources.mfsh_version_txt),
    ("help", PackageResources.help_txt),
    ("print", PackageResources.print_txt),
    ("os.exit", PackageResources.os_exit_txt),
  ]
}
