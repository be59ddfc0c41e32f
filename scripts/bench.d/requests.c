// requests URL COUNT [JOBS]: logs in, asks GET /session COUNT times, one after the other on one handle or JOBS at a time
// by curl-multi, and logs out. Prints the requests a second. The same fields, cookies and limits as mfsh sends and sets.
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_JOBS = 256 };

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

static void check(CURL *easy, CURLcode code) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && status / 100 == 2) return;
  fprintf(stderr, "requests: %s, status %ld\n", curl_easy_strerror(code), status);
  exit(1);
}

static void perform(CURL *easy, body *answer) {
  answer->length = 0;
  check(easy, curl_easy_perform(easy));
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static CURL *configured(struct curl_slist *fields, CURLSH *cookies, body *answer) {
  CURL *easy = curl_easy_init();
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "mfsh/0.1.0");
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_SHARE, cookies);
  curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 60000L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, answer);
  return easy;
}

static void one_by_one(CURL *easy, const char *base, body *answer, int requests) {
  request(easy, base, "", NULL);
  for (int i = 0; i < requests; i++) perform(easy, answer);
}

static void many(CURLM *multi, CURL **handles, int jobs, const char *base, int requests) {
  int begun = 0, ended = 0, running = 0, left = 0;
  for (; begun < jobs && begun < requests; begun++) {
    request(handles[begun], base, "", NULL);
    curl_multi_add_handle(multi, handles[begun]);
  }
  while (ended < requests) {
    curl_multi_perform(multi, &running);
    CURLMsg *message;
    int before = ended;
    while ((message = curl_multi_info_read(multi, &left))) {
      CURL *easy = message->easy_handle;
      body *answer = NULL;
      check(easy, message->data.result);
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &answer);
      answer->length = 0;
      curl_multi_remove_handle(multi, easy);
      if (begun++ < requests) {
        request(easy, base, "", NULL);
        curl_multi_add_handle(multi, easy);
      }
      ended++;
    }
    if (ended == before) curl_multi_poll(multi, NULL, 0, 1000, NULL);
  }
}

int main(int count, char **words) {
  if (count != 3 && count != 4) return 64;
  int requests = atoi(words[2]), jobs = count == 4 ? atoi(words[3]) : 1;
  if (jobs < 1 || jobs > MOST_JOBS) return 64;
  static body answers[MOST_JOBS];
  CURL *handles[MOST_JOBS];
  struct curl_slist *fields = curl_slist_append(NULL, "Accept: application/json");
  fields = curl_slist_append(fields, "Content-Type: application/json");
  CURLSH *cookies = curl_share_init();
  curl_share_setopt(cookies, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
  for (int i = 0; i < jobs; i++) handles[i] = configured(fields, cookies, &answers[i]);
  CURL *easy = handles[0];
  request(
      easy, words[1], "?_method=PUT",
      "{\"Username\":\"editor\",\"Password\":\"demo\",\"SessionID\":\"9E2B3F5C-6F0B-4A43-8B0A-0F4C53E7E6B1\"}");
  perform(easy, &answers[0]);
  double start = now();
  if (jobs == 1) one_by_one(easy, words[1], &answers[0], requests);
  else many(curl_multi_init(), handles, jobs, words[1], requests);
  double seconds = now() - start;
  request(easy, words[1], "?_method=DELETE", "");
  perform(easy, &answers[0]);
  printf("%.0f\n", requests / seconds);
}
