import HTTP
import LuaKit
import MFWS

/// What `server.diagnose` is made of; the prelude puts it together.
enum DiagnosisModule {
  static let function = "server.diagnose"

  static func register(in runtime: Runtime) throws {
    let state = runtime.state
    try state.registerClass(DiagnosisObject.self)
    try state.register("mfsh_internal.examine") { [unowned runtime] call in
      let doctor = try runtime.doctor(call)
      return .wait { [.object(DiagnosisObject(doctor, try await doctor.examinedServer()))] }
    }
    try state.register("mfsh_internal.examine_account") { [unowned runtime] call in
      let object = try call.object(2, function, DiagnosisObject.self)
      guard try runtime.knowsLogin(call) else { return .results([]) }
      if let obstacle = object.server.obstacle {
        object.server.diagnosis.findings.append(obstacle)
        return .results([])
      }
      let arguments: LoginArguments
      do {
        arguments = try LoginArguments(call, function, in: runtime)
      } catch let error as MFWSError where error.code == .clientSecret {
        object.server.diagnosis.findings.append(.notTried(error.message))
        return .results([])
      }
      guard let login = arguments.login, !arguments.usesOAuth else {
        object.server.diagnosis.findings.append(.notTried("signing in with the browser is not tried"))
        return .results([])
      }
      return .wait {
        try await object.doctor.examine(&object.server, as: login)
        return []
      }
    }
    try state.register("mfsh_internal.diagnosis") { call in
      let text = try call.object(1, function, DiagnosisObject.self).server.diagnosis.json
      return .result(.json(text, secrets: .none, source: function))
    }
  }
}

extension Runtime {
  fileprivate func doctor(_ call: borrowing LuaCall) throws -> Doctor {
    let settings = try settings(of: call)
    guard let url = settings[text: .url] else { throw LuaError.noServer(DiagnosisModule.function) }
    let configuration = try clientConfiguration(settings, for: BaseURL(url))
    return Doctor(
      url, configuration: configuration, loop: loop, observers: tracing.observers, sessions: sessions)
  }

  fileprivate func knowsLogin(_ call: borrowing LuaCall) throws -> Bool { try settings(of: call).canLogIn }

  private func settings(of call: borrowing LuaCall) throws -> ConnectionSettings {
    connection.with(call: try LoginArguments.values(call, DiagnosisModule.function))
  }
}

/// A diagnosis under way.
///
/// Used on the main thread only, where the loop's jobs run too.
final class DiagnosisObject: LuaObject, @unchecked Sendable {
  static let luaClass = "diagnosis"
  let doctor: Doctor
  var server: ExaminedServer

  init(_ doctor: Doctor, _ server: ExaminedServer) {
    self.doctor = doctor
    self.server = server
  }
}
