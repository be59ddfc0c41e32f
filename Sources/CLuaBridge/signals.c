// Signals. The handlers do only what POSIX allows in one: set bits, arm Lua's hook on the thread that runs Lua, write to
// the descriptor that wakes the loop, post the watchdog's semaphore.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

static _Atomic(bridge *) target;
static atomic_bool interrupt_stops;
static _Atomic uint64_t arrived, arrived_for_watchdog;
/// When SIGINT came last, in nanoseconds; 0: not since it was forgotten.
static _Atomic int64_t last_interrupt;
static pthread_t lua_thread;
static int32_t wake = -1;
static sem_t watchdog;

uint64_t bridge_signals_take(void) { return atomic_exchange(&arrived, 0); }
void bridge_signals_forget(uint64_t bits) { atomic_fetch_and(&arrived, ~bits); }
bool bridge_signals_interrupt_stops(bool stops) { return atomic_exchange(&interrupt_stops, stops); }
void bridge_signals_detach(void) { atomic_store(&target, NULL); }
void bridge_signals_forget_first_interrupt(void) { atomic_store(&last_interrupt, 0); }
uint64_t bridge_signals_take_for_watchdog(void) { return atomic_exchange(&arrived_for_watchdog, 0); }
bool bridge_signals_wait(double seconds) {
  struct timespec limit;
  clock_gettime(CLOCK_MONOTONIC, &limit);
  limit.tv_sec += (time_t)seconds;
  while ((seconds < 0 ? sem_wait(&watchdog) : sem_clockwait(&watchdog, CLOCK_MONOTONIC, &limit)) != 0)
    if (errno != EINTR) return false;
  return true;
}

/// The time is taken here, since the watchdog may look at both interrupts at once, or later than a second.
static bool is_second_interrupt(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t time = now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
  int64_t before = atomic_exchange(&last_interrupt, time);
  return before && time - before < INT64_C(1000000000);
}

/// A broken socket raises SIGPIPE too; only a closed standard output is meant.
static bool standard_output_is_closed(void) {
  struct pollfd output = {.fd = STDOUT_FILENO, .events = 0};
  return poll(&output, 1, 0) > 0 && (output.revents & POLLERR);
}

static void note(int number) {
  atomic_fetch_or(&arrived, 1ull << number);
  uint64_t one = 1;
  ssize_t ignored = write(wake, &one, sizeof one);
  (void)ignored;
  if (number == SIGWINCH) return;
  uint64_t bits = 1ull << number;
  if (number == SIGINT && is_second_interrupt()) bits |= BRIDGE_SECOND_INTERRUPT;
  atomic_fetch_or(&arrived_for_watchdog, bits);
  sem_post(&watchdog);
}

static void on_signal(int number) {
  int saved = errno;
  // lua_sethook must be called on the thread that runs Lua.
  if (!pthread_equal(pthread_self(), lua_thread)) {
    pthread_kill(lua_thread, number);
    errno = saved;
    return;
  }
  // Ctrl-\, which must not leave sessions behind.
  if (number == SIGQUIT) number = SIGTERM;
  if (number != SIGPIPE || standard_output_is_closed()) {
    bridge *b = atomic_load(&target);
    bool stops = number != SIGWINCH && (number != SIGINT || atomic_load(&interrupt_stops));
    if (b && stops) bridge_stop(b);
    note(number);
  }
  errno = saved;
}

bool bridge_signals_install(bridge *b, int32_t wake_descriptor) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE, SIGWINCH};
  lua_thread = pthread_self();
  wake = wake_descriptor;
  if (sem_init(&watchdog, 0, 0) != 0) return false;
  atomic_store(&target, b);
  atomic_store(&interrupt_stops, true);
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct sigaction before;
    // nohup's SIG_IGN for SIGHUP is kept.
    if (sigaction(numbers[i], NULL, &before) == 0 && numbers[i] == SIGHUP && before.sa_handler == SIG_IGN) continue;
    if (sigaction(numbers[i], &action, NULL) != 0) return false;
  }
  return true;
}

bool bridge_stdout_write(const char *bytes, size_t length) { return fwrite(bytes, 1, length, stdout) == length; }
bool bridge_stdout_flush(void) { return fflush(stdout) == 0 && !ferror(stdout); }
