// GnuTLS for Swift: hashes, and certificates for the sandbox.
#pragma once
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
