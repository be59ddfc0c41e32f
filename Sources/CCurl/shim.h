// libcurl for Swift: its setters and getters are variadic, which Swift cannot call. One wrapper for each
// kind of argument; options and codes are used as libcurl names them.
#pragma once
#include <curl/curl.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>

#define NONNULL _Nonnull
#define NULLABLE _Nullable

static inline CURLcode easy_set_string(CURL *NONNULL easy, CURLoption option, const char *NULLABLE value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode easy_set_long(CURL *NONNULL easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode easy_set_offset(CURL *NONNULL easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode easy_set_pointer(CURL *NONNULL easy, CURLoption option, const void *NULLABLE value) {
  return curl_easy_setopt(easy, option, value);
}
typedef size_t (*easy_data_callback)(char *NULLABLE data, size_t size, size_t count, void *NULLABLE context);
static inline CURLcode easy_set_callback(CURL *NONNULL easy, CURLoption option, easy_data_callback NULLABLE callback) {
  return curl_easy_setopt(easy, option, callback);
}
static inline CURLMcode multi_set_long(CURLM *NONNULL multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}
static inline CURLSHcode share_cookies(CURLSH *NONNULL share) {
  return curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
}
static inline long easy_get_long(CURL *NONNULL easy, CURLINFO info) {
  long value = 0;
  curl_easy_getinfo(easy, info, &value);
  return value;
}
static inline curl_off_t easy_get_offset(CURL *NONNULL easy, CURLINFO info) {
  curl_off_t value = 0;
  curl_easy_getinfo(easy, info, &value);
  return value;
}
static inline const char *NULLABLE easy_get_string(CURL *NONNULL easy, CURLINFO info) {
  char *value = NULL;
  curl_easy_getinfo(easy, info, &value);
  return value;
}
static inline struct curl_slist *NULLABLE easy_get_list(CURL *NONNULL easy, CURLINFO info) {
  struct curl_slist *value = NULL;
  curl_easy_getinfo(easy, info, &value);
  return value;
}
/// The first text of what is known of the server's own certificate.
static inline const struct curl_slist *NULLABLE easy_get_certificate(CURL *NONNULL easy) {
  struct curl_certinfo *info = NULL;
  curl_easy_getinfo(easy, CURLINFO_CERTINFO, &info);
  return info && info->num_of_certs > 0 ? info->certinfo[0] : NULL;
}
// Casts in macros hide these from Swift.
static inline long auth_basic(void) { return (long)CURLAUTH_BASIC; }
static inline long auth_digest(void) { return (long)CURLAUTH_DIGEST; }
static inline long auth_negotiate(void) { return (long)CURLAUTH_NEGOTIATE; }
static inline long auth_ntlm(void) { return (long)CURLAUTH_NTLM; }
static inline const curl_version_info_data *NONNULL library_facts(void) { return curl_version_info(CURLVERSION_NOW); }
/// The result of a finished transfer: a union member, which Swift imports awkwardly.
static inline CURLcode message_result(const CURLMsg *NONNULL message) { return message->data.result; }

/// A descriptor that wakes the loop when eight bytes are written to it (Glibc's module lacks eventfd).
static inline int wake_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// Glibc's module lacks epoll and ppoll too, and their headers would make its `timespec` this module's.
extern long syscall(long number, ...);
typedef struct {
  uint32_t what;
  uint64_t socket;
}
#ifdef __x86_64__
__attribute__((packed))
#endif
socket_event;
enum { EVENT_IN = 1, EVENT_OUT = 4, EVENT_ERROR = 8, EVENT_HANG_UP = 16 };

/// A set of sockets: an epoll descriptor, readable while anything can be done on one of them.
static inline int socket_set(void) { return (int)syscall(SYS_epoll_create1, EFD_CLOEXEC); }

static inline long socket_set_control(int set, int operation, int socket, uint32_t what) {
  socket_event event = {what, (uint64_t)socket};
  return syscall(SYS_epoll_ctl, set, operation, socket, &event);
}

/// libcurl tells what it waits for on a socket. It takes out each one before it closes it.
static inline int socket_set_note(
    CURL *NONNULL easy, curl_socket_t socket, int what, void *NULLABLE set, void *NULLABLE context) {
  (void)easy, (void)context;
  enum { ADD = 1, DELETE = 2, MODIFY = 3 };
  int descriptor = (int)(intptr_t)set;
  uint32_t wanted = (what & CURL_POLL_IN ? EVENT_IN : 0) | (what & CURL_POLL_OUT ? EVENT_OUT : 0);
  if (what == CURL_POLL_REMOVE) socket_set_control(descriptor, DELETE, socket, 0);
  else if (socket_set_control(descriptor, ADD, socket, wanted) != 0)
    socket_set_control(descriptor, MODIFY, socket, wanted);
  return 0;
}

typedef int (*multi_timer_callback)(CURLM *NONNULL multi, long milliseconds, void *NULLABLE context);
/// Has libcurl keep a set of the sockets that it waits for, and tell `timer` when it wants a turn whatever happens on them.
static inline void multi_watch(
    CURLM *NONNULL multi, int set, multi_timer_callback NONNULL timer, void *NONNULL context) {
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket_set_note);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, (void *)(intptr_t)set);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

/// Has libcurl do what can be done on the sockets of a set, without waiting.
static inline void multi_act(CURLM *NONNULL multi, int set) {
  enum { LIMIT = 64 };
  socket_event events[LIMIT];
  int running;
  long count = syscall(SYS_epoll_pwait, set, events, LIMIT, 0, NULL, 0);
  for (long i = 0; i < count; i++) {
    uint32_t what = events[i].what;
    // An error is found out by reading and writing.
    if (what & (EVENT_ERROR | EVENT_HANG_UP)) what |= EVENT_IN | EVENT_OUT;
    int mask = (what & EVENT_IN ? CURL_CSELECT_IN : 0) | (what & EVENT_OUT ? CURL_CSELECT_OUT : 0);
    curl_multi_socket_action(multi, (curl_socket_t)events[i].socket, mask, &running);
  }
}

/// Waits until one of the descriptors is ready, at most for so long. `descriptors` are `pollfd`s, not touched on a failure.
static inline void wait_for(void *NONNULL descriptors, long count, long seconds, long nanoseconds) {
  long time[] = {seconds, nanoseconds};
  syscall(SYS_ppoll, descriptors, count, time, NULL, 0);
}

#undef NONNULL
#undef NULLABLE
