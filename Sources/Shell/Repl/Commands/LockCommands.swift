import MFWS

extension PromptCommand {
  /// What keeps changes from being made by mistake.
  static let guarding = [
    PromptCommand(
      name: "lock", argument: nil, help: "send only what reads", lua: "mfsh.lock()"
    ) { prompt, _ in
      prompt.runtime.locks.lock()
      prompt.note(statement: "mfsh.lock()")
      prompt.tellLock()
    },
    PromptCommand(
      name: "unlock", argument: "[PROFILE]", help: "allow changes again",
      lua: "mfsh.unlock(\"PROFILE\")"
    ) { prompt, profile in prompt.unlock(profile.isEmpty ? nil : profile) },
  ]
}

extension Prompt {
  fileprivate func unlock(_ profile: String?) {
    do {
      try runtime.locks.unlock(profile, isPerson: true)
      note(statement: "mfsh.unlock(\(profile.map { LuaLiteral.string(Array($0.utf8)) } ?? ""))")
      tellLock()
    } catch {
      OutputStream.error(error.message)
    }
  }

  fileprivate func tellLock() {
    OutputStream.write((runtime.reasonOfLock ?? "unlocked: all requests are sent") + "\n")
  }
}
