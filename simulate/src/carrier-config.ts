/** Configuration files of the carrier's Asterisk: one peer (the platform), everything else goes to our Stasis application. */

export interface CarrierPorts {
  sip: number;
  http: number;
  rtpFirst: number;
  rtpLast: number;
}

export interface CarrierConfigOptions {
  /** Folder that holds etc/, var/, run/ and log/. */
  folder: string;
  /** Where the prefix keeps Asterisk's modules and data (its XML documentation is needed to start). */
  modules: string;
  data: string;
  /** Address our SIP and RTP are bound to. */
  bind: string;
  ports: CarrierPorts;
  platform: { host: string; port: number };
  ariPassword: string;
}

export const CARRIER_APP = 'simulator';
export const ARI_USER = 'simulator';

const MODULES = [
  'res_sorcery_config',
  'res_sorcery_memory',
  'res_sorcery_astdb',
  'res_timing_timerfd',
  'res_rtp_asterisk',
  'res_crypto',
  'res_http_websocket',
  'res_websocket_client',
  'res_stasis',
  'res_stasis_answer',
  'res_stasis_playback',
  'res_stasis_recording',
  'res_stasis_snoop',
  'res_ari',
  'res_ari_model',
  'res_ari_applications',
  'res_ari_asterisk',
  'res_ari_channels',
  'res_ari_events',
  'res_ari_playbacks',
  'res_ari_recordings',
  'res_pjproject',
  'res_pjsip',
  'res_pjsip_session',
  'res_pjsip_pubsub',
  'res_pjsip_acl',
  'res_pjsip_authenticator_digest',
  'res_pjsip_outbound_authenticator_digest',
  'res_pjsip_outbound_registration',
  'res_pjsip_caller_id',
  'res_pjsip_dtmf_info',
  'res_pjsip_endpoint_identifier_ip',
  'res_pjsip_header_funcs',
  'res_pjsip_nat',
  'res_pjsip_rfc3326',
  'res_pjsip_sdp_rtp',
  'res_format_attr_opus',
  'bridge_simple',
  'bridge_softmix',
  'chan_pjsip',
  'app_stasis',
  'pbx_config',
  'func_callerid',
  'func_channel',
  'func_hangupcause',
  'codec_alaw',
  'codec_ulaw',
  'codec_a_mu',
  'format_pcm',
  'format_wav',
] as const;

/** Files that Asterisk wants to see although we have nothing to say in them. */
const EMPTY = ['acl', 'ccss', 'cdr', 'cel', 'features', 'indications', 'pjproject', 'udptl', 'websocket_client'];

/** File name → content, to be written into `folder`/etc. */
export function carrierConfig(options: CarrierConfigOptions): Record<string, string> {
  const { folder, ports } = options;
  const files: Record<string, string> = {
    'asterisk.conf': `[directories]
astetcdir => ${folder}/etc
astmoddir => ${options.modules}
astvarlibdir => ${folder}/var/lib
astdbdir => ${folder}/var/lib
astkeydir => ${folder}/var/lib
astdatadir => ${options.data}
astagidir => ${folder}/var/lib/agi
astspooldir => ${folder}/var/spool
astrundir => ${folder}/run
astlogdir => ${folder}/log
[options]
verbose = 1
`,
    'modules.conf': `[modules]\nautoload = no\n${MODULES.map((name) => `load = ${name}.so`).join('\n')}\n`,
    'logger.conf': '[general]\n[logfiles]\nconsole => notice,warning,error\n',
    'http.conf': `[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = ${ports.http}\nsessionlimit = 1000\n`,
    'ari.conf': `[general]\nenabled = yes\n[${ARI_USER}]\ntype = user\npassword = ${options.ariPassword}\n`,
    // The manager over HTTP is asked for one thing only: whether the phones are registered, which ARI can't tell.
    'manager.conf': `[general]\nenabled = yes\nwebenabled = yes\nbindaddr = 127.0.0.1\nport = 0\n[${ARI_USER}]\nsecret = ${options.ariPassword}\nread = system,reporting\nwrite = system,reporting\n`,
    'rtp.conf': `[general]\nrtpstart = ${ports.rtpFirst}\nrtpend = ${ports.rtpLast}\n`,
    'sorcery.conf': '[res_pjsip]\nauth=memory\n[res_pjsip_outbound_registration]\nregistration=memory\n',
    'extensions.conf': `[from-platform]
exten => _.,1,Stasis(${CARRIER_APP},phone,\${EXTEN},\${PJSIP_HEADER(read,X-Rexian-Contact)})
 same => n,Hangup()
`,
    'pjsip.conf': pjsip(options),
  };
  for (const name of EMPTY) files[`${name}.conf`] = '[general]\n';
  return files;
}

function pjsip({ bind, ports, platform }: CarrierConfigOptions): string {
  return `[global]
type = global
endpoint_identifier_order = ip
user_agent = Rexian carrier
[udp]
type = transport
protocol = udp
bind = ${bind}:${ports.sip}
[platform]
type = endpoint
context = from-platform
transport = udp
aors = platform
disallow = all
allow = alaw,ulaw
dtmf_mode = rfc4733
[platform]
type = aor
contact = sip:${platform.host}:${platform.port}
[platform]
type = identify
endpoint = platform
match = ${platform.host}
`;
}
