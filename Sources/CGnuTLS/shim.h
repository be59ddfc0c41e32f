// GnuTLS for Swift: hashes, and certificates for the sandbox.
#pragma once
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/// The argument of gnutls_x509_privkey_generate for the curve P-256, which GnuTLS computes by a macro.
static inline unsigned int p256_bits(void) {
  return GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
}
