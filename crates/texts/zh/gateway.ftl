fail-seller-address-invalid = 这不是有效的服务器地址。请按 https://saas.example.com/produce 的形式填写，且不要包含用户名和密码。
fail-seller-address-not-https = { $host } 必须通过 https 调用，因为调用内容包含密钥和密码。请使用以 https:// 开头的地址。
fail-seller-address-refused = 无法调用 { $host }，因为它指向{ $kind ->
    [loopback] 本机
    [private] 私有网络
    [link-local] 链路本地网络
    [shared-carrier] 运营商共享网络
    [multicast] 组播地址
    [unspecified] 空地址
    [documentation] 示例网络
    [tunnel] IPv6 承载 IPv4 的隧道
    [metadata] 云厂商的元数据服务
   *[reserved] 保留网络
}。请使用可从公网访问的地址。
fail-seller-address-unknown = 地址无法访问：域名 { $host } 无法解析。请检查域名拼写及其 DNS 记录。
fail-seller-unreachable = 地址无法访问：无法连接到 { $host }（{ $reason }）。请确认服务正在运行、端口正确，且防火墙允许来自公网的调用。
fail-seller-tls-failed = 地址无法访问：无法与 { $host } 建立加密连接（{ $reason }）。服务器需要支持 TLS 1.2 或更高版本，并为该域名配置有效证书及其中间证书。
fail-seller-timed-out = 调用超时：服务器未在 { $seconds } 秒内返回完整响应。如处理耗时较长，请先立即返回 000004。
fail-seller-answer-too-large = 服务器响应超过 { $limit } 字节，未予读取。请只返回接口规定的字段。
fail-seller-connection-broken = 服务器在响应完成前断开了连接，或该服务不是 HTTP 服务。请查看服务器在本次调用时间的日志。
fail-files-unavailable = 文件存储暂时无法使用，未做任何更改。已通知运营方，请稍后再试。
fail-file-damaged = 该文件在存储中缺失或已损坏，需要由运营方从备份中恢复。
