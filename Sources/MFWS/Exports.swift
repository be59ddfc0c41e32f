// The library's own types appear in its signatures: a user of MFWS need not know that they live in HTTP.
@_exported public import HTTP
