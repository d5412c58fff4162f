fail-seller-address-invalid = This is no address of a server. Write it like https://saas.example.com/produce, without user name and password.
fail-seller-address-not-https = { $host } must be called by https, because the calls carry keys and passwords. Use an address that starts with https://.
fail-seller-address-refused = { $host } can't be called, because it leads to { $kind ->
    [loopback] the machine itself
    [private] a private network
    [link-local] a link-local network
    [shared-carrier] a carrier's shared network
    [multicast] a multicast group
    [unspecified] no address at all
    [documentation] a network for examples
    [tunnel] an IPv4-in-IPv6 tunnel
    [metadata] a cloud provider's metadata service
   *[reserved] a reserved network
}. Use an address that is reachable from the internet.
fail-seller-address-unknown = The address can't be reached: nobody knows the name { $host }. Check its spelling and its DNS entry.
fail-seller-unreachable = The address can't be reached: { $host } gives no connection ({ $reason }). Check that the server runs, that the port is right, and that its firewall lets calls from the internet in.
fail-seller-tls-failed = The address can't be reached: { $host } gives no encrypted connection ({ $reason }). The server needs TLS 1.2 or newer and a valid certificate for this name, with its intermediate certificates.
fail-seller-timed-out = Timeout: the server gave no whole answer within { $seconds } s. Answer at once with 000004 when the work takes longer.
fail-seller-answer-too-large = The server's answer is longer than { $limit } bytes and was not read. Answer with the fields of the interface only.
fail-seller-connection-broken = The server ended the connection before its answer was complete, or it doesn't speak HTTP. Look at the server's log for the time of this call.
fail-files-unavailable = The file store can't be used at the moment, and nothing was changed. The operator has been told; try again later.
fail-file-damaged = This file is missing from the store or was damaged. The operator must restore it from a backup.
