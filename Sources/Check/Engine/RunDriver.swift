import HTTP
import MFWS

/// Does what the scheduler decides. Lives in one task on the loop.
struct RunDriver {
  let options: CheckOptions
  let probe: Probe
  let sink: @Sendable (RowResult) throws -> Void
  let post: AsyncStream<RunEvent>.Continuation
  private var scheduler: Scheduler
  private var reader: GroupReader
  private var flights: [Int: Flight] = [:]
  private var timer: Task<Void, Never>?
  private var graceTimer: Task<Void, Never>?
  private var ending: Scheduler.Ending?
  /// Logouts under way of what rows may have left on the server.
  private var closings = 0
  /// Why results cannot be told any more.
  private var failure: (any Error)?

  init(
    options: CheckOptions, probe: Probe, source: any RowSource,
    sink: @escaping @Sendable (RowResult) throws -> Void, post: AsyncStream<RunEvent>.Continuation
  ) {
    self.options = options
    self.probe = probe
    self.sink = sink
    self.post = post
    scheduler = Scheduler(options.limits, seed: .random(in: 0 ... .max))
    reader = GroupReader(source, options)
  }

  mutating func run(_ events: AsyncStream<RunEvent>) async throws -> RunOutcome {
    await handle(.start)
    var events = events.makeAsyncIterator()
    while ending == nil || closings > 0, let event = await events.next() { await take(event) }
    timer?.cancel()
    graceTimer?.cancel()
    post.finish()
    if let failure { throw failure }
    return RunOutcome(ending ?? .interrupted, serverTimes: reader.serverTimes)
  }

  private mutating func take(_ event: RunEvent) async {
    switch event {
    case .scheduler(let event): await handle(event)
    case .stop:
      await handle(.stop)
      graceTimer?.cancel()
      graceTimer = nil
      startGrace(options.stopGrace)
    case .graceIsOver: await giveUpOnRows()
    case .closed: closings -= 1
    case .observed(let row, let observation):
      flights[row]?.add(observation)
      await handle(.ended(row: row, RowEnding(observation)))
    }
  }

  /// Lets the scheduler decide until it waits.
  private mutating func handle(_ event: Scheduler.Event) async {
    var events = [event]
    var steps = 0
    while let event = events.popLast() {
      for action in scheduler.handle(event, now: Clock.now) {
        if let event = perform(action) { events.append(event) }
      }
      steps += 1
      // A long list of rows that are not tried must not hold the loop up.
      if steps % 64 == 0 { await Task.yield() }
    }
  }

  /// - Returns: what comes of it at once.
  private mutating func perform(_ action: Scheduler.Action) -> Scheduler.Event? {
    do {
      switch action {
      case .readGroup: return try reader.next().map { .group($0) } ?? .noMoreGroups
      case .start(let row, let attempt): try start(row, attempt: attempt)
      case .finish(let row, let isProved): return try finish(row, isProved)
      case .skip(let row, let reason): try skip(row, reason)
      case .forget(let row): _ = leave(row)
      case .cancelRows: cancelRows()
      case .wake(let moment): setTimer(moment)
      case .end(let ending):
        self.ending = ending
        if closings > 0 { startGrace(options.endGrace) }
      }
      return nil
    } catch {
      return fail(error)
    }
  }

  private mutating func fail(_ error: any Error) -> Scheduler.Event? {
    guard failure == nil else { return nil }
    failure = error
    return .stop
  }

  // MARK: rows

  private mutating func start(_ index: Int, attempt: Int) throws {
    let row = try flights[index]?.row ?? reader.take(index)
    let server = reader.server(row)
    let flight = flights[index] ?? Flight(row)
    flights[index] = flight
    flight.answer.withLock { $0 = nil }
    let work = Task(executorPreference: probe.loop) { [probe, post, flight, secret = options.secret] in
      let observation: RowObservation
      do {
        let attempt = RowAttempt(
          row: row, secret: try await secret(row), server: server, number: attempt,
          leftovers: flight.leftovers, answer: flight.answer)
        observation = await probe.observe(attempt)
      } catch {
        observation = RowObservation(secretFailure: error)
      }
      post.yield(.observed(row: index, observation))
    }
    flights[index]?.task = work
  }

  private mutating func finish(_ index: Int, _ isProved: Bool) throws -> Scheduler.Event? {
    guard let flight = leave(index), let observation = flight.observation else {
      return nil
    }
    let isProved =
      isProved
      || (flight.row.expect == .deny || probe.settings.tellsEverything)
        && observation.answer == .deniedCredentials
        && options.isProvedByBaseline(flight.row)
    let result = Verdict.result(
      of: flight.row, observation, attempts: flight.attempts, isProved: isProved,
      isRecorded: probe.settings.tellsEverything, provesLogout: probe.settings.provesLogout)
    let told = try tell(result)
    return options.limits.failFast ? .judged(isDifferent: told.status == .diff) : nil
  }

  /// Takes a row out of the air. What it may have left on the server is logged out, unless that is one login too many
  /// with what may be a wrong secret; then it expires.
  private mutating func leave(_ index: Int) -> Flight? {
    guard var flight = flights.removeValue(forKey: index) else { return nil }
    if flight.leftovers.count >= Group.lostLoginLimit {
      flight.leftovers.forget()
      flight.noteLeftSession()
    } else if !flight.leftovers.isEmpty {
      closings += 1
      Task(executorPreference: probe.loop) { [post, leftovers = flight.leftovers] in
        await leftovers.close()
        post.yield(.closed)
      }
    }
    return flight
  }

  private mutating func skip(_ index: Int, _ reason: SkipReason) throws {
    let row = try leave(index)?.row ?? reader.take(index)
    try tell(Verdict.notRun(row, because: reason))
  }

  @discardableResult
  private func tell(_ result: RowResult) throws -> RowResult {
    guard failure == nil else { return result }
    var result = result
    if result.status != .pass, result.status != .notRun, let waiver = options.waiver(result) {
      result.waiver = waiver
      result.status = .waived
    }
    try sink(result)
    return result
  }

  private mutating func cancelRows() {
    for flight in flights.values { flight.task?.cancel() }
    startGrace(options.endGrace)
  }

  private mutating func startGrace(_ seconds: Double) {
    guard graceTimer == nil else { return }
    graceTimer = Task(executorPreference: probe.loop) { [probe, post] in
      await probe.loop.sleep(seconds: seconds)
      if !Task.isCancelled { post.yield(.graceIsOver) }
    }
  }

  /// What still runs goes on by itself; its session is listed among the open ones. An answer of which only the logout is
  /// missing is told.
  private mutating func giveUpOnRows() async {
    var cancelled = RowEnding(.none)
    cancelled.retry.isCancelled = true
    closings = 0
    for (row, flight) in flights where flight.task != nil {
      let answer = flight.answer.withLock { $0 }.flatMap { $0.answer == .none ? nil : $0 }
      if let answer { flights[row]?.add(answer) }
      await handle(.ended(row: row, answer.map(RowEnding.init) ?? cancelled))
    }
  }

  private mutating func setTimer(_ moment: Double) {
    timer?.cancel()
    timer = Task(executorPreference: probe.loop) { [probe, post] in
      await probe.loop.sleep(seconds: moment - Clock.now)
      if !Task.isCancelled { post.yield(.scheduler(.tick)) }
    }
  }
}

/// A row that is tried, or waits to be tried again.
private struct Flight {
  let row: RosterRow
  var task: Task<Void, Never>?
  /// Of the last attempt, with the requests and the time of all.
  private(set) var observation: RowObservation?
  private(set) var attempts = 0
  let leftovers = Leftovers()
  /// Of the attempt under way, as soon as only its logout is missing.
  let answer = Locked<RowObservation?>(nil)

  init(_ row: RosterRow) { self.row = row }

  mutating func noteLeftSession() { observation?.logout = .failed }

  mutating func add(_ new: RowObservation) {
    var new = new
    if let before = observation {
      new.http = before.http + new.http
      new.started = before.started
      new.seconds += before.seconds
    }
    observation = new
    attempts += 1
    task = nil
  }
}

extension RowObservation {
  /// A row that could not be tried for want of its secret.
  fileprivate init(secretFailure error: any Error) {
    let failure = error as? MFWSError
    self.init(.none, code: failure?.code.rawValue ?? MFWSError.Code.clientSecret.rawValue)
    message = failure?.message ?? "the secret of the account cannot be had: \(error)"
    started = Clock.secondsSince1970
    retry.isCancelled = Task.isCancelled
  }
}
