/// What `help "profiles"` says.
enum ProfileTopic {
  static let text = """
    Connection settings by name, in ~/.config/mfsh/profiles.lua ($XDG_CONFIG_HOME):

      return {
        prod = { url = "https://mfiles.example.com", user = "jo",
                 password = { command = {"pass", "mfiles/prod"} }, production = true },
      }

    mfsh --profile prod uses it, as MFILES_PROFILE=prod does; mfsh.profile is its name.
    The file is data: it runs without variables and functions. Nobody else may be able
    to write it or its folder. Call and options are stronger, the environment weaker.

      where      url vault read_only reconnect verbs path_style
      production true: locked until it is unlocked by its name: help "lock"
      who        user password domain windows via token bearer auth_config oauth sso
                 preshared_key expires computer
      TLS        cacert capath cert key key_password tls_min ("1.2") insecure
      network    proxy proxy_user proxy_password no_proxy resolve http_version ("1.1", "2")
                 max_time connect_timeout retries allow_plaintext

    A secret is { command = {"program", "argument"} } (its first line of output),
    { file = "path" } (its first line), { env = "NAME" } or { ask = true }; or a string,
    when nobody else can read the file. It is had when it is needed, and goes to the url
    of its profile only; proxy_password to its proxy only.
    """
}
