// Preloaded into a program under test: the lookup of the name SLOW_HOST takes SLOW_SECONDS longer.
// SlowResolver in TestSupport builds it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

typedef int lookup_function(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static int is_slow(const char *name) {
  const char *slow = getenv("SLOW_HOST");
  return name && slow && strcasecmp(name, slow) == 0;
}

static void wait_seconds(const char *text) {
  double seconds = text ? strtod(text, NULL) : 5;
  struct timespec rest = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
  while (nanosleep(&rest, &rest) != 0) {}
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
  void *found = dlsym(RTLD_NEXT, "getaddrinfo");
  lookup_function *lookup;
  memcpy(&lookup, &found, sizeof lookup);
  if (is_slow(name)) wait_seconds(getenv("SLOW_SECONDS"));
  return lookup ? lookup(name, service, hints, result) : EAI_SYSTEM;
}
