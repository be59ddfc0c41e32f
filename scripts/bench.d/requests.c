// requests URL COUNT: logs in, asks GET /session COUNT times, one after the other on one handle, and logs out. Prints
// the requests a second. The same fields, cookies and limits as mfsh sends and sets.
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  char *bytes;
  size_t length, capacity;
} body;

static size_t receive(char *data, size_t size, size_t count, void *context) {
  body *b = context;
  size_t length = size * count;
  if (b->length + length > b->capacity) {
    b->capacity = (b->length + length) * 2;
    b->bytes = realloc(b->bytes, b->capacity);
    if (!b->bytes) return 0;
  }
  for (size_t i = 0; i < length; i++) b->bytes[b->length + i] = data[i];
  b->length += length;
  return length;
}

static void request(CURL *easy, const char *base, const char *target, const char *text) {
  char url[512];
  snprintf(url, sizeof url, "%s/REST/session%s", base, target);
  curl_easy_setopt(easy, CURLOPT_URL, url);
  if (text) curl_easy_setopt(easy, CURLOPT_POSTFIELDS, text);
  else curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
}

static void perform(CURL *easy, body *answer) {
  long status = 0;
  answer->length = 0;
  CURLcode code = curl_easy_perform(easy);
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && status / 100 == 2) return;
  fprintf(stderr, "requests: %s, status %ld\n", curl_easy_strerror(code), status);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **words) {
  if (count != 3) return 64;
  int requests = atoi(words[2]);
  body answer = {0};
  CURL *easy = curl_easy_init();
  struct curl_slist *fields = curl_slist_append(NULL, "Accept: application/json");
  fields = curl_slist_append(fields, "Content-Type: application/json");
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "mfsh/0.1.0");
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 60000L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer);
  request(
      easy, words[1], "?_method=PUT",
      "{\"Username\":\"editor\",\"Password\":\"demo\",\"SessionID\":\"9E2B3F5C-6F0B-4A43-8B0A-0F4C53E7E6B1\"}");
  perform(easy, &answer);
  request(easy, words[1], "", NULL);
  double start = now();
  for (int i = 0; i < requests; i++) perform(easy, &answer);
  double seconds = now() - start;
  request(easy, words[1], "?_method=DELETE", "");
  perform(easy, &answer);
  printf("%.0f\n", requests / seconds);
}
