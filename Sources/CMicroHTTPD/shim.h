// libmicrohttpd for Swift: MHD_start_daemon and the info getters are variadic, which Swift cannot call.
#pragma once
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

/// Starts a daemon on `address` with one polling thread of its own. NULL: the address is taken or not ours.
static inline struct MHD_Daemon *_Nullable daemon_start(
    unsigned int flags, const struct sockaddr *_Nonnull address, MHD_AccessHandlerCallback _Nonnull handler,
    void *_Nullable context, MHD_RequestCompletedCallback _Nonnull completed, unsigned int connection_limit,
    unsigned int timeout_seconds) {
  return MHD_start_daemon(
      flags, 0, NULL, NULL, handler, context, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_NOTIFY_COMPLETED,
      completed, context, MHD_OPTION_CONNECTION_LIMIT, connection_limit, MHD_OPTION_CONNECTION_TIMEOUT,
      timeout_seconds, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
}
/// The port that the daemon listens on, 0 when unknown.
static inline uint16_t daemon_port(struct MHD_Daemon *_Nonnull daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}
