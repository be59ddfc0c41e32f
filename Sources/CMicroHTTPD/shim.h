// libmicrohttpd for Swift: MHD_start_daemon and MHD_get_connection_info are variadic, which Swift cannot call.
#pragma once
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/// What a daemon needs to know. The texts are PEM; they must live as long as the daemon.
struct daemon_settings {
  int listening_socket;
  unsigned int connection_limit;
  unsigned int timeout_seconds;
  MHD_AccessHandlerCallback _Nonnull handler;
  MHD_RequestCompletedCallback _Nonnull completed;
  MHD_NotifyConnectionCallback _Nonnull connected;
  void *_Nullable context;
  /// NULL: no TLS.
  const char *_Nullable key;
  const char *_Nullable certificate;
  /// Authorities of client certificates; NULL: none are asked for.
  const char *_Nullable client_authorities;
};

/// Starts a daemon with one polling thread of its own on a socket that already listens, and which the daemon
/// closes when it stops. NULL: out of memory or threads, or a certificate that GnuTLS does not take.
static inline struct MHD_Daemon *_Nullable daemon_start(const struct daemon_settings *_Nonnull settings) {
  struct MHD_OptionItem tls[] = {
      {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)settings->key},
      {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)settings->certificate},
      {settings->client_authorities ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0,
       (void *)settings->client_authorities},
      {MHD_OPTION_END, 0, NULL},
  };
  struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
  // The sandbox writes Date itself: its clock may be told to be wrong.
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_SUPPRESS_DATE_NO_CLOCK |
                       (settings->key ? MHD_USE_TLS : 0);
  return MHD_start_daemon(
      flags, 0, NULL, NULL, settings->handler, settings->context, MHD_OPTION_LISTEN_SOCKET,
      settings->listening_socket, MHD_OPTION_NOTIFY_COMPLETED, settings->completed, settings->context,
      MHD_OPTION_NOTIFY_CONNECTION, settings->connected, settings->context, MHD_OPTION_CONNECTION_LIMIT,
      settings->connection_limit, MHD_OPTION_CONNECTION_TIMEOUT, settings->timeout_seconds, MHD_OPTION_ARRAY,
      settings->key ? tls : none, MHD_OPTION_END);
}

/// The connection's socket; -1 when there is none.
static inline int connection_socket(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

/// The connection's gnutls_session_t; NULL without TLS.
static inline void *_Nullable connection_tls(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  return info ? info->tls_session : NULL;
}

/// What was kept for the connection when it began; NULL: nothing.
static inline void *_Nullable connection_context(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/// What a content reader returns to end the connection in the middle of a body.
static inline ssize_t reader_failed(void) {
  return MHD_CONTENT_READER_END_WITH_ERROR;
}
