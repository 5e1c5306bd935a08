export const help = `热线 Rexian：开放的联络中心平台

用法：./rexian <命令> [参数]

  up [--port N]      安装缺少的组件并启动整个平台，按 Ctrl-C 停止
  stop               停止本目录中正在运行的平台
  status             查看各进程与地址
  serve [--role 角色] 只运行控制进程，连接环境变量指定的数据库与语音引擎；角色为 api、voice、worker，
                     逗号分隔，默认全部；运行多个 voice 时其一处理通话，其余待命
  migrate            准备 DATABASE_URL 指定的数据库，显示控制进程应使用的连接地址
  audit verify       校验审计日志是否完整，有无改动、缺失
  keys status        查看个人信息的数据密钥
  keys rotate        更换数据密钥并重新加密，可用 --cipher sm4 选用国密算法；中断后用 --resume 继续
  test [文件…]       代码检查、类型检查与全部测试
  bench <名称>       性能测量，如 answer、flow、survive、scope、sign-in、fuzz
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
  DATABASE_URL                 使用外部数据库：其所有者的连接地址，启动时自动升级
  DATABASE_WEB_URL DATABASE_ENGINE_URL
                               使用已由 migrate 准备好的外部数据库
  ASTERISK_URL                 使用外部语音引擎
  REXIAN_DATA_KEY_FILE         数据密钥文件（默认 .rexian/secrets/data-keys.json）
  REXIAN_DATA_KEYS             直接给出数据密钥：编号:算法:Base64,…，第一个为当前密钥
  REXIAN_DEMO                  0 表示不写入演示数据，只建第一个管理员（默认 1）
  REXIAN_STANDBY               0 表示不启动备用进程（默认启动：控制进程故障时自动接管通话）
  REXIAN_HOME                  安装与数据目录（默认 .rexian）
  REXIAN_DEBIAN_MIRROR         安装语音引擎所用的 Debian 镜像
  REXIAN_DEBIAN_SUITE          Debian 版本（默认 unstable）
`;
