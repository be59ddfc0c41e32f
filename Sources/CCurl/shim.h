// libcurl for Swift: its setters and getters are variadic, which Swift cannot call. One wrapper for each
// kind of argument; options and codes are used as libcurl names them.
#pragma once
#include <curl/curl.h>
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

/// A descriptor that wakes curl_multi_poll when eight bytes are written to it (Glibc's module lacks eventfd).
static inline int wake_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// Glibc's module lacks timerfd, and sys/timerfd.h would make its `timespec` this module's.
extern long syscall(long number, ...);
/// A descriptor that becomes readable at a moment on the monotonic clock.
static inline int alarm_descriptor(void) {
  const int monotonic = 1;
  return (int)syscall(SYS_timerfd_create, monotonic, EFD_CLOEXEC | EFD_NONBLOCK);
}
static inline void alarm_set(int descriptor, long seconds, long nanoseconds) {
  const int absolute = 1;
  const long interval_and_moment[] = {0, 0, seconds, nanoseconds};
  syscall(SYS_timerfd_settime, descriptor, absolute, interval_and_moment, NULL);
}

#undef NONNULL
#undef NULLABLE
