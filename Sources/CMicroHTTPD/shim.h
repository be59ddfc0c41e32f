// libmicrohttpd for Swift: MHD_start_daemon is variadic, which Swift cannot call.
#pragma once
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

/// Starts a daemon with one polling thread of its own on a socket that already listens, and which the daemon
/// closes when it stops. NULL: out of memory or threads.
static inline struct MHD_Daemon *_Nullable daemon_start(
    int listening_socket, MHD_AccessHandlerCallback _Nonnull handler, void *_Nullable context,
    MHD_RequestCompletedCallback _Nonnull completed, unsigned int connection_limit,
    unsigned int timeout_seconds) {
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, handler, context, MHD_OPTION_LISTEN_SOCKET,
      listening_socket, MHD_OPTION_NOTIFY_COMPLETED, completed, context, MHD_OPTION_CONNECTION_LIMIT,
      connection_limit, MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds, MHD_OPTION_END);
}
