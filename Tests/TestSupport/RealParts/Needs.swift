package import Testing

extension Trait where Self == ConditionTrait {
  /// Skips the test, and says why, where a real part cannot run.
  package static func needs(_ parts: any RealPart.Type...) -> Self {
    let reasons = parts.filter { !$0.isAvailable }.map { $0.skipReason }
    return .enabled(if: reasons.isEmpty, Comment(rawValue: reasons.joined(separator: "; ")))
  }
}
