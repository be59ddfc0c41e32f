// processes ROUNDS OURS... -- PEER...: runs two commands in turn and prints, for each, the shortest wall time in
// milliseconds and the peak memory in kilobytes. A small program, since a child's peak begins with its parent's.
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

typedef struct {
  char **words;
  double milliseconds;
  long kilobytes;
} command;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void run(command *c, const posix_spawn_file_actions_t *actions) {
  pid_t pid;
  int status;
  struct rusage usage;
  double start = now();
  if (posix_spawnp(&pid, c->words[0], actions, NULL, c->words, environ) != 0 || wait4(pid, &status, 0, &usage) < 0) {
    perror(c->words[0]);
    exit(1);
  }
  double took = now() - start;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "%s failed\n", c->words[0]);
    exit(1);
  }
  if (took < c->milliseconds) c->milliseconds = took;
  if (usage.ru_maxrss > c->kilobytes) c->kilobytes = usage.ru_maxrss;
}

int main(int count, char **words) {
  int split = 2;
  while (split < count && strcmp(words[split], "--") != 0) split++;
  if (split <= 2 || split + 1 >= count) {
    fprintf(stderr, "usage: processes ROUNDS OURS... -- PEER...\n");
    return 64;
  }
  words[split] = NULL;
  command ours = {words + 2, 1e9, 0}, peer = {words + split + 1, 1e9, 0};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  for (int round = atoi(words[1]); round > 0; round--) {
    run(&ours, &actions);
    run(&peer, &actions);
  }
  printf("%.2f %ld %.2f %ld\n", ours.milliseconds, ours.kilobytes, peer.milliseconds, peer.kilobytes);
}
