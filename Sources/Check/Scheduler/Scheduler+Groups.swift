/// What becomes of groups.
extension Scheduler {
  mutating func take(_ facts: GroupFacts) {
    isReading = false
    guard phase != .stopping else { return }
    let group = Group(facts)
    if facts.isRefused { return skip(group, .accountRefused) }
    enqueue(group)
  }

  /// Queues a group for its next row. Rows of servers that were given up are skipped.
  mutating func enqueue(_ group: Group) {
    if case .aborting(let abort) = phase { return drop(group, abort) }
    guard phase == .running else { return }
    var group = group
    while let row = group.rows.first {
      grow(row.server)
      guard lanes[row.server].isGivenUp else { return append(&group, row) }
      actions.append(
        group.attempt > 0 ? .finish(row: row.index, isProved: false) : .skip(row: row.index, .serverGivenUp))
      group.next()
    }
  }

  private mutating func append(_ group: inout Group, _ row: RowFacts) {
    lastTicket += 1
    group.ticket = lastTicket
    queued += 1
    if row.holdsLicense {
      lanes[row.server].licensed.append(group)
    } else {
      lanes[row.server].plain.append(group)
    }
    turn(row.server)
  }

  private mutating func grow(_ server: Int) {
    while lanes.count <= server { lanes.append(Lane()) }
  }

  mutating func skip(_ group: Group, _ reason: SkipReason) {
    for row in group.rows { actions.append(.skip(row: row.index, reason)) }
  }

  /// What becomes of a group that will not run any more. A row that was tried keeps what was found.
  private mutating func drop(_ group: Group, _ abort: Abort) {
    var group = group
    if group.attempt > 0, let row = group.rows.first {
      actions.append(.finish(row: row.index, isProved: false))
      group.next()
    }
    skip(group, abort.skipReason)
  }

  /// An attempt has ended: a retry, the next row of the account, or none.
  mutating func end(_ index: Int, _ ending: RowEnding, _ now: Double) {
    guard var group = running.removeValue(forKey: index), let row = group.rows.first else { return }
    lanes[row.server].running -= 1
    if row.holdsLicense { freeSlots += 1 }
    turn(row.server)
    group.note(ending)
    if phase == .stopping { return endStopped(group, row, ending) }
    if case .aborting(let abort) = phase, ending.retry.isCancelled {
      actions.append(.skip(row: index, abort.skipReason))
      group.next()
      return skip(group, abort.skipReason)
    }
    if let delay = retryDelay(group, row, ending) { return retry(group, row, ending, now, delay) }
    let isProved = group.isProved(row, ending)
    actions.append(.finish(row: index, isProved: isProved))
    isJudging = limits.failFast
    group.noteLogoutOfLostLogin()
    group.next()
    count(row, ending)
    proceed(group, after: ending)
  }

  /// An answer is worth telling even now: the account may have been refused, and must not be tried again.
  private mutating func endStopped(_ group: Group, _ row: RowFacts, _ ending: RowEnding) {
    let isProved = group.isProved(row, ending)
    actions.append(
      ending.answer == .none && !ending.isRefused
        ? .forget(row: row.index) : .finish(row: row.index, isProved: isProved))
  }

  private mutating func proceed(_ group: Group, after ending: RowEnding) {
    if ending.isRefused {
      skip(group, .accountRefused)
    } else if group.lostLogins >= Group.lostLoginLimit {
      skip(group, .accountUnsure)
    } else {
      enqueue(group)
    }
  }

  private mutating func count(_ row: RowFacts, _ ending: RowEnding) {
    let lane = row.server
    if ending.answer != .none {
      lanes[lane].unanswered = 0
    } else if ending.isFaultOfServer {
      lanes[lane].unanswered += 1
    }
    if let limit = limits.abortAfter, limit > 0, lanes[lane].unanswered >= limit { giveUp(lane) }
    guard row.expect == .allow || limits.countsEveryRefusal, ending.answer != .none || ending.isRefused
    else { return }
    refusedInARow = ending.isRefused ? refusedInARow + 1 : 0
    if limits.abortRefused > 0, refusedInARow >= limits.abortRefused { abort(.refused(refusedInARow)) }
  }
}

extension Group {
  /// Goes on to the next row.
  mutating func next() {
    rows = rows.dropFirst()
    attempt = 0
  }
}

/// Ends before the end.
extension Scheduler {
  private mutating func giveUp(_ lane: Int) {
    guard !lanes[lane].isGivenUp else { return }
    lanes[lane].isGivenUp = true
    for group in takeAll(lane) { enqueue(group) }
  }

  private mutating func takeAll(_ lane: Int) -> [Group] {
    var groups: [Group] = []
    while let group = lanes[lane].plain.popFirst() { groups.append(group) }
    while let group = lanes[lane].licensed.popFirst() { groups.append(group) }
    queued -= groups.count
    return groups.sorted { $0.ticket < $1.ticket }
  }

  /// What has not begun is skipped.
  mutating func abort(_ reason: Abort) {
    guard phase == .running else { return }
    phase = .aborting(reason)
    if reason == .timeUp { actions.append(.cancelRows) }
    for group in takeEverything() { drop(group, reason) }
  }

  /// Nothing more is told of what has not ended.
  mutating func stop() {
    guard phase != .stopping else { return }
    phase = .stopping
    actions.append(.cancelRows)
    for group in takeEverything() where group.attempt > 0 {
      if let row = group.rows.first { actions.append(.forget(row: row.index)) }
    }
  }

  private mutating func takeEverything() -> [Group] {
    var groups = lanes.indices.flatMap { takeAll($0) }
    while let timed = timers.popDue(.infinity) {
      if case .retry(let group) = timed { groups.append(group) }
    }
    waiting = 0
    return groups
  }
}
