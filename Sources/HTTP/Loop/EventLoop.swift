import CCurl
import Glibc

/// The one loop: Swift async jobs, curl's transfers and timers share one thread, so that nothing hops and nothing
/// is locked.
///
/// A program drives it with `step` on the thread that made it; a user of the library takes `EventLoop.shared`,
/// which runs on a thread of its own. Code in a `Task(executorPreference: loop)` stays on the loop's thread.
public final class EventLoop: TaskExecutor, @unchecked Sendable {
  // `mailbox` is locked; all else is touched on the owner's thread only.
  private struct Mailbox {
    var jobs: [UnownedJob] = []
    var actions: [@Sendable () -> Void] = []
    var isEmpty: Bool { jobs.isEmpty && actions.isEmpty }
  }

  private let mailbox = Locked(Mailbox())
  private let timerNumber = Locked<UInt64>(0)
  private let ownerThread = pthread_self()
  private var jobs: [UnownedJob] = []
  private var nextJob = 0
  var timers = TimerQueue()
  let transfers: TransferDriver
  /// How many jobs and timers have run since the last look at the connections.
  private var jobsWithoutLook = 0

  /// An eventfd: eight bytes written to it wake the loop. Writing is allowed in a signal handler.
  public let wakeDescriptor: Int32

  /// A loop that the calling thread drives with `step`.
  public init() {
    wakeDescriptor = wake_descriptor()
    precondition(wakeDescriptor >= 0, "no descriptor is left for the loop")
    transfers = TransferDriver()
  }

  deinit { close(wakeDescriptor) }

  /// Whether the caller runs on the loop's thread.
  public var isCurrent: Bool { pthread_equal(pthread_self(), ownerThread) != 0 }

  /// Called by Swift's concurrency runtime, from any thread.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if isCurrent {
      jobs.append(job)
    } else {
      post { $0.jobs.append(job) }
    }
  }

  /// The requests that were sent and not yet answered. On the loop's thread only.
  package var requestsUnderWay: [HTTPRequest] { transfers.requests }

  /// Runs `action` on the loop's thread: at once when called there, else in its next step.
  package func perform(_ action: @escaping @Sendable () -> Void) {
    if isCurrent { action() } else { post { $0.actions.append(action) } }
  }

  private func post(_ change: (inout Mailbox) -> Void) {
    let wasEmpty = mailbox.withLock { mailbox in
      let wasEmpty = mailbox.isEmpty
      change(&mailbox)
      return wasEmpty
    }
    if wasEmpty { wake() }
  }

  /// Ends the wait of a step under way, or of the next one. From any thread.
  public func wake() {
    var one: UInt64 = 1
    _ = unsafe write(wakeDescriptor, &one, 8)
  }

  /// Runs what is ready, then, when nothing is, waits for a transfer, a timer, a wake-up or `descriptor`.
  ///
  /// - Parameters:
  ///   - limit: the longest wait in seconds; 0 does not wait.
  ///   - descriptor: a file descriptor that also ends the wait.
  /// - Returns: whether `descriptor` is readable.
  @discardableResult
  package func step(limit: Double = 60, watching descriptor: Int32? = nil) -> Bool {
    collectMail()
    var count = runJobs()
    transfers.advance()
    count += fireTimers()
    // Who drives the loop may be waiting for what has just run, and what is ready comes before what can be waited for.
    let mustNotWait = count > 0 || nextJob < jobs.count
    jobsWithoutLook += count
    if mustNotWait && descriptor == nil && jobsWithoutLook < Self.jobsBetweenLooks { return false }
    jobsWithoutLook = 0
    let due = mustNotWait ? nil : timers.nextDue()
    let woken = transfers.wait(
      seconds: mustNotWait ? 0 : min(limit, due.map { $0 - Clock.now } ?? limit), wake: wakeDescriptor,
      also: descriptor)
    if woken.byWake { clearWake() }
    return woken.byOther
  }

  /// Steps until `condition` holds. The condition is looked at after every step.
  package func run(until condition: () -> Bool) {
    while !condition() { step() }
  }

  func nextTimerNumber() -> UInt64 {
    timerNumber.withLock { number in
      number += 1
      return number
    }
  }

  private func clearWake() {
    var count: UInt64 = 0
    _ = unsafe read(wakeDescriptor, &count, 8)
  }

  private func collectMail() {
    let mail = mailbox.withLock { mailbox in
      defer { if !mailbox.isEmpty { mailbox = Mailbox() } }
      return mailbox
    }
    jobs.append(contentsOf: mail.jobs)
    for action in mail.actions { action() }
  }

  /// Runs the queued jobs and those that they add: not endlessly, so that transfers get a turn. Returns how many.
  private func runJobs() -> Int {
    guard nextJob < jobs.count else { return 0 }
    var count = 0
    // A job may step the loop itself and so empty the queue.
    while count < Self.jobsBetweenLooks, nextJob < jobs.count {
      let job = jobs[nextJob]
      nextJob += 1
      count += 1
      unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
    if nextJob == jobs.count {
      jobs.removeAll(keepingCapacity: true)
      nextJob = 0
    } else if nextJob > 1024 {
      jobs.removeFirst(nextJob)
      nextJob = 0
    }
    return count
  }

  /// After about as many there is a look at the connections, which takes a call of the kernel.
  private static let jobsBetweenLooks = 256

  /// Returns how many were due.
  private func fireTimers() -> Int {
    guard !timers.isEmpty else { return 0 }
    var count = 0
    while let action = timers.popDue(now: Clock.now) {
      action()
      count += 1
    }
    return count
  }
}

extension EventLoop {
  /// The loop of the library's users, on a thread of its own that starts with the first use.
  public static let shared = onOwnThread()

  @safe private final class Starter {
    var loop: EventLoop?
    let started = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    init() { unsafe sem_init(started, 0, 0) }
    deinit {
      unsafe sem_destroy(started)
      unsafe started.deallocate()
    }
  }

  /// A loop that a new thread drives for good.
  package static func onOwnThread() -> EventLoop {
    let starter = Starter()
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(starter).toOpaque()
    let status = unsafe pthread_create(
      &thread, nil,
      { context in
        if let context = unsafe context {
          EventLoop.drive(unsafe Unmanaged<Starter>.fromOpaque(context).takeRetainedValue())
        }
        return nil
      }, context)
    precondition(status == 0, "no thread can be started")
    unsafe sem_wait(starter.started)
    return starter.loop ?? EventLoop()
  }

  private static func drive(_ starter: Starter) {
    let loop = EventLoop()
    starter.loop = loop
    unsafe sem_post(starter.started)
    while true { loop.step() }
  }
}
