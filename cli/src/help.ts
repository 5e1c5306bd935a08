export const help = `热线 Rexian：开放的联络中心平台

用法：./rexian <命令> [参数]

  up [--port N]      安装缺少的组件并启动整个平台，按 Ctrl-C 停止
  stop               停止本目录中正在运行的平台
  status             查看各进程与地址
  serve              只运行控制进程，连接 DATABASE_URL 与 ASTERISK_URL 指定的服务
  test [文件…]       代码检查、类型检查与全部测试
  bench <名称>       性能测量，如 answer、survive
  simulate [参数]    模拟来电与坐席，参数见 ./rexian simulate --help
  help               显示本说明

常用环境变量：
  HTTP_HOST HTTP_PORT          网页监听地址与端口（默认 127.0.0.1:12366）
  POSTGRES_PORT                内置数据库端口（默认 12370）
  ASTERISK_HTTP_PORT           内置语音引擎接口端口（默认 12380）
  ASTERISK_SIP_PORT            SIP 中继端口（默认 5060）
  ASTERISK_SIP_BIND            SIP 监听地址（默认 0.0.0.0）
  ASTERISK_RTP_PORTS           语音端口范围（默认 10000-11999）
  TRUNK_ALLOW                  允许呼入的运营商地址，逗号分隔（默认 127.0.0.1）
  DATABASE_URL ASTERISK_URL    使用外部数据库、外部语音引擎
  REXIAN_DEMO                  0 表示不写入演示数据（默认 1）
  REXIAN_HOME                  安装与数据目录（默认 .rexian）
  REXIAN_DEBIAN_MIRROR         安装语音引擎所用的 Debian 镜像
  REXIAN_DEBIAN_SUITE          Debian 版本（默认 unstable）
`;
