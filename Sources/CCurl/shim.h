// libcurl for Swift: its setters and getters are variadic, which Swift cannot call. One wrapper for each
// kind of argument; options and codes are used as libcurl names them.
#pragma once
#include <curl/curl.h>
#include <errno.h>
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
  uint32_t events;
  uint64_t socket;
}
#ifdef __x86_64__
__attribute__((packed))
#endif
socket_event;
enum { SOCKET_EVENT_IN = 1, SOCKET_EVENT_OUT = 4, SOCKET_EVENT_ERROR = 8, SOCKET_EVENT_HANG_UP = 16 };

/// The sockets that libcurl waits for.
typedef struct {
  /// Of epoll: readable while anything can be done on one of them.
  int descriptor;
  /// The error number of a socket that could not be taken in; 0: all were.
  int fault;
} socket_set;

static inline socket_set socket_set_make(void) {
  return (socket_set){.descriptor = (int)syscall(SYS_epoll_create1, EFD_CLOEXEC)};
}

static inline long socket_set_control(int descriptor, int operation, int socket, uint32_t events) {
  socket_event event = {events, (uint64_t)socket};
  return syscall(SYS_epoll_ctl, descriptor, operation, socket, &event);
}

/// libcurl tells what it waits for on a socket. It takes out each one before it closes it.
static inline int socket_set_note(
    CURL *NONNULL easy, curl_socket_t socket, int wanted, void *NULLABLE context, void *NULLABLE of_socket) {
  (void)easy, (void)of_socket;
  enum { ADD = 1, DELETE = 2, MODIFY = 3 };
  socket_set *set = context;
  if (wanted == CURL_POLL_REMOVE) {
    socket_set_control(set->descriptor, DELETE, socket, 0);
    return 0;
  }
  uint32_t events = (wanted & CURL_POLL_IN ? SOCKET_EVENT_IN : 0) | (wanted & CURL_POLL_OUT ? SOCKET_EVENT_OUT : 0);
  long status = socket_set_control(set->descriptor, ADD, socket, events);
  if (status != 0 && errno == EEXIST) status = socket_set_control(set->descriptor, MODIFY, socket, events);
  // An error told here would end the multi handle for good.
  if (status != 0) set->fault = errno;
  return 0;
}

typedef int (*multi_timer_callback)(CURLM *NONNULL multi, long milliseconds, void *NULLABLE context);
/// Has libcurl keep a set of the sockets that it waits for, and tell `timer` when it wants a turn whatever happens on them.
static inline CURLMcode multi_watch(
    CURLM *NONNULL multi, socket_set *NONNULL set, multi_timer_callback NONNULL timer, void *NONNULL context) {
  CURLMcode code = curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket_set_note);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, set);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
  if (code == CURLM_OK) code = curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
  return code;
}

/// Has libcurl do what can be done on the sockets of a set, without waiting.
static inline CURLMcode multi_act(CURLM *NONNULL multi, int descriptor) {
  enum { LIMIT = 64 };
  socket_event ready[LIMIT];
  int running;
  CURLMcode code = CURLM_OK;
  long count = syscall(SYS_epoll_pwait, descriptor, ready, LIMIT, 0, NULL, 0);
  for (long i = 0; i < count && code == CURLM_OK; i++) {
    uint32_t events = ready[i].events;
    // An error is found out by reading and writing.
    if (events & (SOCKET_EVENT_ERROR | SOCKET_EVENT_HANG_UP)) events |= SOCKET_EVENT_IN | SOCKET_EVENT_OUT;
    int mask = (events & SOCKET_EVENT_IN ? CURL_CSELECT_IN : 0) | (events & SOCKET_EVENT_OUT ? CURL_CSELECT_OUT : 0);
    code = curl_multi_socket_action(multi, (curl_socket_t)ready[i].socket, mask, &running);
  }
  return code;
}

/// Waits until one of the descriptors is ready, at most for so long. `descriptors` are `pollfd`s, not touched on a failure.
static inline void wait_for(void *NONNULL descriptors, long count, long seconds, long nanoseconds) {
  long time[] = {seconds, nanoseconds};
  syscall(SYS_ppoll, descriptors, count, time, NULL, 0);
}

#undef NONNULL
#undef NULLABLE
