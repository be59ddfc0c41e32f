extension Facts {
  /// The diagnosis as far as these facts go: one finding after the other, in the order in which a request meets them.
  ///
  /// - Parameter now: seconds since 1970.
  package func diagnosis(now: Double) -> Diagnosis {
    let findings =
      ReachVerdicts.findings(self) + CertificateVerdicts.findings(self, now: now)
      + FrontVerdicts.findings(self)
      + ClockVerdicts.findings(self) + PlaceVerdicts.findings(self) + ServiceVerdicts.findings(self)
      + NodeVerdicts.findings(self)
    return Diagnosis(url: typed, baseURL: found?.address, findings: findings)
  }
}
