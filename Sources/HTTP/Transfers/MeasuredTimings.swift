import CCurl

extension HTTPTimings {
  /// What libcurl measured: moments since the transfer's start, zero for what did not happen.
  init(_ easy: UnsafeMutableRawPointer) {
    func moment(_ info: CURLINFO) -> Double { Double(unsafe easy_get_offset(easy, info)) / 1e6 }
    let (lookup, connected) = (moment(CURLINFO_NAMELOOKUP_TIME_T), moment(CURLINFO_CONNECT_TIME_T))
    let secured = moment(CURLINFO_APPCONNECT_TIME_T)
    let isNew = unsafe easy_get_long(easy, CURLINFO_NUM_CONNECTS) > 0
    let ready = isNew ? max(lookup, connected, secured) : 0
    let start = max(ready, moment(CURLINFO_PRETRANSFER_TIME_T))
    let first = max(start, moment(CURLINFO_STARTTRANSFER_TIME_T))
    self.init(
      dns: isNew ? lookup : nil, connect: isNew ? ready - lookup : nil,
      tls: isNew && secured > 0 ? max(0, secured - connected) : nil, send: start - ready, wait: first - start,
      receive: max(0, moment(CURLINFO_TOTAL_TIME_T) - first))
  }
}
