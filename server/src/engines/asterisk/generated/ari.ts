// Asterisk 22.10.1+dfsg+~cs6.17.60671434-1
// Generated from its rest-api/*.json by ../generate.ts: don't edit.

/** Details of a Stasis application */
export interface Application {
  /** Name of this application */
  name: string;
  /** Id's for channels subscribed to. */
  channel_ids: string[];
  /** Id's for bridges subscribed to. */
  bridge_ids: string[];
  /** {tech}/{resource} for endpoints subscribed to. */
  endpoint_ids: string[];
  /** Names of the devices subscribed to. */
  device_names: string[];
  /** Event types sent to the application. */
  events_allowed: Record<string, unknown>[];
  /** Event types not sent to the application. */
  events_disallowed: Record<string, unknown>[];
}

/** Info about how Asterisk was built */
export interface BuildInfo {
  /** OS Asterisk was built on. */
  os: string;
  /** Kernel version Asterisk was built on. */
  kernel: string;
  /** Compile time options, or empty string if default. */
  options: string;
  /** Machine architecture (x86_64, i686, ppc, etc.) */
  machine: string;
  /** Date and time when Asterisk was built. */
  date: string;
  /** Username that build Asterisk */
  user: string;
}

/** Info about Asterisk */
export interface SystemInfo {
  /** Asterisk version. */
  version: string;
  entity_id: string;
}

/** Effective user/group id */
export interface SetId {
  /** Effective user id. */
  user: string;
  /** Effective group id. */
  group: string;
}

/** Info about Asterisk configuration */
export interface ConfigInfo {
  /** Asterisk system name. */
  name: string;
  /** Default language for media playback. */
  default_language: string;
  /** Maximum number of simultaneous channels. */
  max_channels?: number;
  /** Maximum number of open file handles (files, sockets). */
  max_open_files?: number;
  /** Maximum load avg on system. */
  max_load?: number;
  /** Effective user/group id for running Asterisk. */
  setid: SetId;
}

/** Info about Asterisk status */
export interface StatusInfo {
  /** Time when Asterisk was started. */
  startup_time: string;
  /** Time when Asterisk was last reloaded. */
  last_reload_time: string;
}

/** Asterisk system information */
export interface AsteriskInfo {
  /** Info about how Asterisk was built */
  build?: BuildInfo;
  /** Info about the system running Asterisk */
  system?: SystemInfo;
  /** Info about Asterisk configuration */
  config?: ConfigInfo;
  /** Info about Asterisk status */
  status?: StatusInfo;
}

/** Asterisk ping information */
export interface AsteriskPing {
  /** Asterisk id info */
  asterisk_id: string;
  /** Always string value is pong */
  ping: string;
  /** The timestamp string of request received time */
  timestamp: string;
}

/** Details of an Asterisk module */
export interface Module {
  /** The name of this module */
  name: string;
  /** The description of this module */
  description: string;
  /** The number of times this module is being used */
  use_count: number;
  /** The running status of this module */
  status: string;
  /** The support state of this module */
  support_level: string;
}

/** Details of an Asterisk log channel */
export interface LogChannel {
  /** The log channel path */
  channel: string;
  /** Types of logs for the log channel */
  type: string;
  /** Whether or not a log type is enabled */
  status: string;
  /** The various log levels */
  configuration: string;
}

/** The value of a channel variable */
export interface Variable {
  /** The value of the variable requested */
  value: string;
}

/** A dictionary of channel variables */
export interface Variables {
  /** A dictionary of channel variables */
  variables: Record<string, unknown>;
}

/** A key/value pair that makes up part of a configuration object. */
export interface ConfigTuple {
  /** A configuration object attribute. */
  attribute: string;
  /** The value for the attribute. */
  value: string;
}

/** The merging of media from one or more channels. Everyone on the bridge receives the same audio. */
export interface Bridge {
  /** Unique identifier for this bridge */
  id: string;
  /** Name of the current bridging technology */
  technology: string;
  /** Type of bridge technology */
  bridge_type: string;
  /** Bridging class */
  bridge_class: string;
  /** Entity that created the bridge */
  creator: string;
  /** Name the creator gave the bridge */
  name: string;
  /** Ids of channels participating in this bridge */
  channels: string[];
  /** The video mode the bridge is using. One of 'none', 'talker', 'sfu', or 'single'. */
  video_mode?: string;
  /** The ID of the channel that is the source of video in this bridge, if one exists. */
  video_source_id?: string;
  /** Timestamp when bridge was created */
  creationtime: string;
  /** Bridge variables */
  bridgevars?: Record<string, unknown>;
}

/** Dialed channel information. */
export interface Dialed {
}

/** Dialplan location (context/extension/priority) */
export interface DialplanCEP {
  /** Context in the dialplan */
  context: string;
  /** Extension in the dialplan */
  exten: string;
  /** Priority in the dialplan */
  priority: number;
  /** Name of current dialplan application */
  app_name: string;
  /** Parameter of current dialplan application */
  app_data: string;
}

/** Caller identification */
export interface CallerID {
  name: string;
  number: string;
}

/** A statistics of a RTP. */
export interface RTPstat {
  /** Number of packets transmitted. */
  txcount: number;
  /** Number of packets received. */
  rxcount: number;
  /** Jitter on transmitted packets. */
  txjitter?: number;
  /** Jitter on received packets. */
  rxjitter?: number;
  /** Maximum jitter on remote side. */
  remote_maxjitter?: number;
  /** Minimum jitter on remote side. */
  remote_minjitter?: number;
  /** Average jitter on remote side. */
  remote_normdevjitter?: number;
  /** Standard deviation jitter on remote side. */
  remote_stdevjitter?: number;
  /** Maximum jitter on local side. */
  local_maxjitter?: number;
  /** Minimum jitter on local side. */
  local_minjitter?: number;
  /** Average jitter on local side. */
  local_normdevjitter?: number;
  /** Standard deviation jitter on local side. */
  local_stdevjitter?: number;
  /** Number of transmitted packets lost. */
  txploss: number;
  /** Number of received packets lost. */
  rxploss: number;
  /** Maximum number of packets lost on remote side. */
  remote_maxrxploss?: number;
  /** Minimum number of packets lost on remote side. */
  remote_minrxploss?: number;
  /** Average number of packets lost on remote side. */
  remote_normdevrxploss?: number;
  /** Standard deviation packets lost on remote side. */
  remote_stdevrxploss?: number;
  /** Maximum number of packets lost on local side. */
  local_maxrxploss?: number;
  /** Minimum number of packets lost on local side. */
  local_minrxploss?: number;
  /** Average number of packets lost on local side. */
  local_normdevrxploss?: number;
  /** Standard deviation packets lost on local side. */
  local_stdevrxploss?: number;
  /** Total round trip time. */
  rtt?: number;
  /** Maximum round trip time. */
  maxrtt?: number;
  /** Minimum round trip time. */
  minrtt?: number;
  /** Average round trip time. */
  normdevrtt?: number;
  /** Standard deviation round trip time. */
  stdevrtt?: number;
  /** Our SSRC. */
  local_ssrc: number;
  /** Their SSRC. */
  remote_ssrc: number;
  /** Number of octets transmitted. */
  txoctetcount: number;
  /** Number of octets received. */
  rxoctetcount: number;
  /** The Asterisk channel's unique ID that owns this instance. */
  channel_uniqueid: string;
}

/** A specific communication connection between Asterisk and an Endpoint. */
export interface Channel {
  /** Unique identifier of the channel. This is the same as the Uniqueid field in AMI. */
  id: string;
  /** Protocol id from underlying channel driver (i.e. Call-ID for chan_pjsip; will be empty if not applicable or not implemented by driver). */
  protocol_id: string;
  /** Name of the channel (i.e. SIP/foo-0000a7e3) */
  name: string;
  state: string;
  caller: CallerID;
  connected: CallerID;
  accountcode: string;
  /** Current location in the dialplan */
  dialplan: DialplanCEP;
  /** Timestamp when channel was created */
  creationtime: string;
  /** The default spoken language */
  language: string;
  /** Channel variables */
  channelvars?: Record<string, unknown>;
  /** The Caller ID RDNIS */
  caller_rdnis?: string;
  /** The Tenant ID for the channel */
  tenantid?: string;
}

/** Represents the state of a device. */
export interface DeviceState {
  /** Name of the device. */
  name: string;
  /** Device's state */
  state: string;
}

/** An external device that may offer/accept calls to/from Asterisk. Unlike most resources, which have a single unique identifier, an endpoint is uniquely identified by the technology/resource pair. */
export interface Endpoint {
  /** Technology of the endpoint */
  technology: string;
  /** Identifier of the endpoint, specific to the given technology. */
  resource: string;
  /** Endpoint's state */
  state?: string;
  /** Id's of channels associated with this endpoint */
  channel_ids: string[];
}

/** A text message. */
export interface TextMessage {
  /** A technology specific URI specifying the source of the message. For pjsip technology, any SIP URI can be specified. For xmpp, the URI must correspond to the client connection being used to send the message. */
  from: string;
  /** A technology specific URI specifying the destination of the message. Valid technologies include pjsip, and xmp. The destination of a message should be an endpoint. */
  to: string;
  /** The text of the message. */
  body: string;
  /** Technology specific key/value pairs (JSON object) associated with the message. */
  variables?: Record<string, unknown>;
}

/** Base type for errors and events */
export interface Message {
  /** Indicates the type of this message. */
  type: string;
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
}

/** Error event sent when required params are missing. */
export interface MissingParams {
  /** Indicates the type of this message. */
  type: string;
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** A list of the missing parameters */
  params: string[];
}

/** Base type for asynchronous events from Asterisk. */
export interface Event {
  /** Indicates the type of this message. */
  type: string;
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
}

/** Detailed information about a contact on an endpoint. */
export interface ContactInfo {
  /** The location of the contact. */
  uri: string;
  /** The current status of the contact. */
  contact_status: string;
  /** The Address of Record this contact belongs to. */
  aor: string;
  /** Current round trip time, in microseconds, for the contact. */
  roundtrip_usec?: string;
}

/** Detailed information about a remote peer that communicates with Asterisk. */
export interface Peer {
  /** The current state of the peer. Note that the values of the status are dependent on the underlying peer technology. */
  peer_status: string;
  /** An optional reason associated with the change in peer_status. */
  cause?: string;
  /** The IP address of the peer. */
  address?: string;
  /** The port of the peer. */
  port?: string;
  /** The last known time the peer was contacted. */
  time?: string;
}

/** Notification that a device state has changed. */
export interface DeviceStateChanged {
  /** Indicates the type of this message. */
  type: 'DeviceStateChanged';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Device state object */
  device_state: DeviceState;
}

/** Event showing the start of a media playback operation. */
export interface PlaybackStarted {
  /** Indicates the type of this message. */
  type: 'PlaybackStarted';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Playback control object */
  playback: Playback;
}

/** Event showing the continuation of a media playback operation from one media URI to the next in the list. */
export interface PlaybackContinuing {
  /** Indicates the type of this message. */
  type: 'PlaybackContinuing';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Playback control object */
  playback: Playback;
}

/** Event showing the completion of a media playback operation. */
export interface PlaybackFinished {
  /** Indicates the type of this message. */
  type: 'PlaybackFinished';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Playback control object */
  playback: Playback;
}

/** Event showing the start of a recording operation. */
export interface RecordingStarted {
  /** Indicates the type of this message. */
  type: 'RecordingStarted';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Recording control object */
  recording: LiveRecording;
}

/** Event showing the completion of a recording operation. */
export interface RecordingFinished {
  /** Indicates the type of this message. */
  type: 'RecordingFinished';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Recording control object */
  recording: LiveRecording;
}

/** Event showing failure of a recording operation. */
export interface RecordingFailed {
  /** Indicates the type of this message. */
  type: 'RecordingFailed';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Recording control object */
  recording: LiveRecording;
}

/** Notification that trying to move a channel to another Stasis application failed. */
export interface ApplicationMoveFailed {
  /** Indicates the type of this message. */
  type: 'ApplicationMoveFailed';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  channel: Channel;
  destination: string;
  /** Arguments to the application */
  args: string[];
}

/** Notification that a Stasis app has been registered. */
export interface ApplicationRegistered {
  /** Indicates the type of this message. */
  type: 'ApplicationRegistered';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
}

/** Notification that a Stasis app has been unregistered. */
export interface ApplicationUnregistered {
  /** Indicates the type of this message. */
  type: 'ApplicationUnregistered';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
}

/** Notification that another WebSocket has taken over for an application. An application may only be subscribed to by a single WebSocket at a time. If multiple WebSockets attempt to subscribe to the same application, the newer WebSocket wins, and the older one receives this event. */
export interface ApplicationReplaced {
  /** Indicates the type of this message. */
  type: 'ApplicationReplaced';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
}

/** Notification that a bridge has been created. */
export interface BridgeCreated {
  /** Indicates the type of this message. */
  type: 'BridgeCreated';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  bridge: Bridge;
}

/** Notification that a bridge has been destroyed. */
export interface BridgeDestroyed {
  /** Indicates the type of this message. */
  type: 'BridgeDestroyed';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  bridge: Bridge;
}

/** Notification that one bridge has merged into another. */
export interface BridgeMerged {
  /** Indicates the type of this message. */
  type: 'BridgeMerged';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  bridge: Bridge;
  bridge_from: Bridge;
}

/** Notification that the source of video in a bridge has changed. */
export interface BridgeVideoSourceChanged {
  /** Indicates the type of this message. */
  type: 'BridgeVideoSourceChanged';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  bridge: Bridge;
  old_video_source_id?: string;
}

/** Notification that a blind transfer has occurred. */
export interface BridgeBlindTransfer {
  /** Indicates the type of this message. */
  type: 'BridgeBlindTransfer';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel performing the blind transfer */
  channel: Channel;
  /** The channel that is replacing transferer when the transferee(s) can not be transferred directly */
  replace_channel?: Channel;
  /** The channel that is being transferred */
  transferee?: Channel;
  /** The extension transferred to */
  exten: string;
  /** The context transferred to */
  context: string;
  /** The result of the transfer attempt */
  result: string;
  /** Whether the transfer was externally initiated or not */
  is_external: boolean;
  /** The bridge being transferred */
  bridge?: Bridge;
}

/** Notification that an attended transfer has occurred. */
export interface BridgeAttendedTransfer {
  /** Indicates the type of this message. */
  type: 'BridgeAttendedTransfer';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** First leg of the transferer */
  transferer_first_leg: Channel;
  /** Second leg of the transferer */
  transferer_second_leg: Channel;
  /** The channel that is replacing transferer_first_leg in the swap */
  replace_channel?: Channel;
  /** The channel that is being transferred */
  transferee?: Channel;
  /** The channel that is being transferred to */
  transfer_target?: Channel;
  /** The result of the transfer attempt */
  result: string;
  /** Whether the transfer was externally initiated or not */
  is_external: boolean;
  /** Bridge the transferer first leg is in */
  transferer_first_leg_bridge?: Bridge;
  /** Bridge the transferer second leg is in */
  transferer_second_leg_bridge?: Bridge;
  /** How the transfer was accomplished */
  destination_type: string;
  /** Bridge that survived the merge result */
  destination_bridge?: string;
  /** Application that has been transferred into */
  destination_application?: string;
  /** First leg of a link transfer result */
  destination_link_first_leg?: Channel;
  /** Second leg of a link transfer result */
  destination_link_second_leg?: Channel;
  /** Transferer channel that survived the threeway result */
  destination_threeway_channel?: Channel;
  /** Bridge that survived the threeway result */
  destination_threeway_bridge?: Bridge;
}

/** Notification that a channel has been created. */
export interface ChannelCreated {
  /** Indicates the type of this message. */
  type: 'ChannelCreated';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  channel: Channel;
}

/** Notification that a channel has been destroyed. */
export interface ChannelDestroyed {
  /** Indicates the type of this message. */
  type: 'ChannelDestroyed';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Integer representation of the cause of the hangup */
  cause: number;
  /** Text representation of the cause of the hangup */
  cause_txt: string;
  /** Integer representation of the technology-specific off-nominal cause of the hangup. */
  tech_cause?: number;
  channel: Channel;
}

/** Notification that a channel has entered a bridge. */
export interface ChannelEnteredBridge {
  /** Indicates the type of this message. */
  type: 'ChannelEnteredBridge';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  bridge: Bridge;
  channel?: Channel;
}

/** Notification that a channel has left a bridge. */
export interface ChannelLeftBridge {
  /** Indicates the type of this message. */
  type: 'ChannelLeftBridge';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  bridge: Bridge;
  channel: Channel;
}

/** Notification of a channel's state change. */
export interface ChannelStateChange {
  /** Indicates the type of this message. */
  type: 'ChannelStateChange';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  channel: Channel;
}

/** DTMF received on a channel. This event is sent when the DTMF ends. There is no notification about the start of DTMF */
export interface ChannelDtmfReceived {
  /** Indicates the type of this message. */
  type: 'ChannelDtmfReceived';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** DTMF digit received (0-9, A-E, # or *) */
  digit: string;
  /** Number of milliseconds DTMF was received */
  duration_ms: number;
  /** The channel on which DTMF was received */
  channel: Channel;
}

/** Channel changed location in the dialplan. */
export interface ChannelDialplan {
  /** Indicates the type of this message. */
  type: 'ChannelDialplan';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel that changed dialplan location. */
  channel: Channel;
  /** The application about to be executed. */
  dialplan_app: string;
  /** The data to be passed to the application. */
  dialplan_app_data: string;
}

/** Channel changed Caller ID. */
export interface ChannelCallerId {
  /** Indicates the type of this message. */
  type: 'ChannelCallerId';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The integer representation of the Caller Presentation value. */
  caller_presentation: number;
  /** The text representation of the Caller Presentation value. */
  caller_presentation_txt: string;
  /** The channel that changed Caller ID. */
  channel: Channel;
}

/** User-generated event with additional user-defined fields in the object. */
export interface ChannelUserevent {
  /** Indicates the type of this message. */
  type: 'ChannelUserevent';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The name of the user event. */
  eventname: string;
  /** A channel that is signaled with the user event. */
  channel?: Channel;
  /** A bridge that is signaled with the user event. */
  bridge?: Bridge;
  /** A endpoint that is signaled with the user event. */
  endpoint?: Endpoint;
  /** Custom Userevent data */
  userevent: Record<string, unknown>;
}

/** A hangup was requested on the channel. */
export interface ChannelHangupRequest {
  /** Indicates the type of this message. */
  type: 'ChannelHangupRequest';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Integer representation of the cause of the hangup. */
  cause?: number;
  /** Integer representation of the technology-specific off-nominal cause of the hangup. */
  tech_cause?: number;
  /** Whether the hangup request was a soft hangup request. */
  soft?: boolean;
  /** The channel on which the hangup was requested. */
  channel: Channel;
}

/** Channel variable changed. */
export interface ChannelVarset {
  /** Indicates the type of this message. */
  type: 'ChannelVarset';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The variable that changed. */
  variable: string;
  /** The new value of the variable. */
  value: string;
  /** The channel on which the variable was set. If missing, the variable is a global variable. */
  channel?: Channel;
}

/** A channel initiated a media hold. */
export interface ChannelHold {
  /** Indicates the type of this message. */
  type: 'ChannelHold';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel that initiated the hold event. */
  channel: Channel;
  /** The music on hold class that the initiator requested. */
  musicclass?: string;
}

/** A channel initiated a media unhold. */
export interface ChannelUnhold {
  /** Indicates the type of this message. */
  type: 'ChannelUnhold';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel that initiated the unhold event. */
  channel: Channel;
}

/** Tone was detected on the channel. */
export interface ChannelToneDetected {
  /** Indicates the type of this message. */
  type: 'ChannelToneDetected';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel the tone was detected on. */
  channel: Channel;
}

/** Talking was detected on the channel. */
export interface ChannelTalkingStarted {
  /** Indicates the type of this message. */
  type: 'ChannelTalkingStarted';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel on which talking started. */
  channel: Channel;
}

/** Talking is no longer detected on the channel. */
export interface ChannelTalkingFinished {
  /** Indicates the type of this message. */
  type: 'ChannelTalkingFinished';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel on which talking completed. */
  channel: Channel;
  /** The length of time, in milliseconds, that talking was detected on the channel */
  duration: number;
}

/** The state of a contact on an endpoint has changed. */
export interface ContactStatusChange {
  /** Indicates the type of this message. */
  type: 'ContactStatusChange';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  endpoint: Endpoint;
  contact_info: ContactInfo;
}

/** The state of a peer associated with an endpoint has changed. */
export interface PeerStatusChange {
  /** Indicates the type of this message. */
  type: 'PeerStatusChange';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  endpoint: Endpoint;
  peer: Peer;
}

/** Endpoint state changed. */
export interface EndpointStateChange {
  /** Indicates the type of this message. */
  type: 'EndpointStateChange';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  endpoint: Endpoint;
}

/** Dialing state has changed. */
export interface Dial {
  /** Indicates the type of this message. */
  type: 'Dial';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The calling channel. */
  caller?: Channel;
  /** The dialed channel. */
  peer: Channel;
  /** Forwarding target requested by the original dialed channel. */
  forward?: string;
  /** Channel that the caller has been forwarded to. */
  forwarded?: Channel;
  /** The dial string for calling the peer channel. */
  dialstring?: string;
  /** Current status of the dialing attempt to the peer. */
  dialstatus: string;
}

/** Notification that a channel has left a Stasis application. */
export interface StasisEnd {
  /** Indicates the type of this message. */
  type: 'StasisEnd';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  channel: Channel;
}

/** Notification that a channel has entered a Stasis application. */
export interface StasisStart {
  /** Indicates the type of this message. */
  type: 'StasisStart';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Arguments to the application */
  args: string[];
  channel: Channel;
  replace_channel?: Channel;
}

/** A text message was received from an endpoint. */
export interface TextMessageReceived {
  /** Indicates the type of this message. */
  type: 'TextMessageReceived';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  message: TextMessage;
  endpoint?: Endpoint;
}

/** Channel changed Connected Line. */
export interface ChannelConnectedLine {
  /** Indicates the type of this message. */
  type: 'ChannelConnectedLine';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel whose connected line has changed. */
  channel: Channel;
}

/** transfer on a channel. */
export interface ChannelTransfer {
  /** Indicates the type of this message. */
  type: 'ChannelTransfer';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Transfer State */
  state?: string;
  /** Refer-To information with optionally both affected channels */
  refer_to: ReferTo;
  /** Referred-By SIP Header according rfc3892 */
  referred_by: ReferredBy;
}

/** transfer destination requested by transferee */
export interface ReferTo {
  requested_destination: RequiredDestination;
  /** The Channel Object, that is to be replaced */
  destination_channel?: Channel;
  /** Channel, connected to the to be replaced channel */
  connected_channel?: Channel;
  /** Bridge connecting both destination channels */
  bridge?: Bridge;
}

/** transfer destination requested by transferee */
export interface ReferredBy {
  /** The channel on which the refer was received */
  source_channel: Channel;
  /** Channel, Connected to the channel, receiving the transfer request on. */
  connected_channel?: Channel;
  /** Bridge connecting both Channels */
  bridge?: Bridge;
}

/** Information about the requested destination */
export interface RequiredDestination {
  /** the requested protocol-id by the referee in case of SIP channel, this is a SIP Call ID, Mutually exclusive to destination */
  protocol_id?: string;
  /** Destination User Part. Only for Blind transfer. Mutually exclusive to protocol_id */
  destination?: string;
  /** List of additional protocol specific information */
  additional_protocol_params?: AdditionalParam[];
}

/** Protocol specific additional parameter */
export interface AdditionalParam {
  /** Name of the parameter */
  parameter_name: string;
  /** Value of the parameter */
  parameter_value: string;
}

/** REST over Websocket header */
export interface RESTHeader {
  /** Header name */
  name: string;
  /** Header value */
  value: string;
}

/** REST over Websocket Query String Parameter */
export interface RESTQueryStringParameter {
  /** Parameter name */
  name: string;
  /** Parameter value */
  value: string;
}

/** REST over Websocket Request. */
export interface RESTRequest {
  /** Message type. Must be 'RESTRequest' */
  type: string;
  /** Opaque transaction id. Can be any valid string. Will be returned in any response to this request. */
  transaction_id: string;
  /** Opaque request id. Can be any valid string. Will be returned in any response to this request. */
  request_id: string;
  /** HTTP method (GET, PUT, POST, DELETE, etc.) */
  method: string;
  /** Resource URI with optional query string parameters. */
  uri: string;
  /** The Content-Type of the message body. */
  content_type?: string;
  /** Request query string parameters. */
  query_strings?: RESTQueryStringParameter[];
  /** Request message body. Only content types application/json and application/x-www-form-urlencoded are supported. */
  message_body?: string;
}

/** REST over Websocket Response. */
export interface RESTResponse {
  /** Indicates the type of this message. */
  type: 'RESTResponse';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** Opaque transaction id. Will be whatever was specified on the original request. */
  transaction_id: string;
  /** Opaque request id. Will be whatever was specified on the original request. */
  request_id: string;
  /** HTTP status code */
  status_code: number;
  /** HTTP reason phrase */
  reason_phrase: string;
  /** Original request resource URI */
  uri: string;
  /** The Content-Type of the message body. */
  content_type?: string;
  /** Response message body */
  message_body?: string;
}

/** Notification that a channel is being broadcast to ARI applications for claiming. */
export interface CallBroadcast {
  /** Indicates the type of this message. */
  type: 'CallBroadcast';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel being broadcast. */
  channel: Channel;
  /** The caller ID number. */
  caller?: string;
  /** The called number. */
  called?: string;
}

/** Notification that a broadcast channel has been successfully claimed by an ARI application. */
export interface CallClaimed {
  /** Indicates the type of this message. */
  type: 'CallClaimed';
  /** The unique ID for the Asterisk instance that raised this event. */
  asterisk_id?: string;
  /** Name of the application receiving the event. */
  application: string;
  /** Time at which this event was created. */
  timestamp: string;
  /** The channel that was claimed. */
  channel: Channel;
  /** The name of the ARI application that claimed the channel. */
  winner_app: string;
}

/** Object representing the playback of media to a channel */
export interface Playback {
  /** ID for this playback operation */
  id: string;
  /** The URI for the media currently being played back. */
  media_uri: string;
  /** If a list of URIs is being played, the next media URI to be played back. */
  next_media_uri?: string;
  /** URI for the channel or bridge to play the media on */
  target_uri: string;
  /** For media types that support multiple languages, the language requested for playback. */
  language?: string;
  /** Current state of the playback operation. */
  state: string;
}

/** A past recording that may be played back. */
export interface StoredRecording {
  name: string;
  format: string;
}

/** A recording that is in progress */
export interface LiveRecording {
  /** Base name for the recording */
  name: string;
  /** Recording format (wav, gsm, etc.) */
  format: string;
  /** URI for the channel or bridge being recorded */
  target_uri: string;
  state: string;
  /** Duration in seconds of the recording */
  duration?: number;
  /** Duration of talking, in seconds, detected in the recording. This is only available if the recording was initiated with a non-zero maxSilenceSeconds. */
  talking_duration?: number;
  /** Duration of silence, in seconds, detected in the recording. This is only available if the recording was initiated with a non-zero maxSilenceSeconds. */
  silence_duration?: number;
  /** Cause for recording failure if failed */
  cause?: string;
}

/** Identifies the format and language of a sound file */
export interface FormatLangPair {
  language: string;
  format: string;
}

/** A media file that may be played back. */
export interface Sound {
  /** Sound's identifier. */
  id: string;
  /** Text description of the sound, usually the words spoken. */
  text?: string;
  /** The formats and languages in which this sound is available. */
  formats: FormatLangPair[];
}

/** Every event that ARI sends over its WebSocket. */
export type AriEvent =
  | DeviceStateChanged
  | PlaybackStarted
  | PlaybackContinuing
  | PlaybackFinished
  | RecordingStarted
  | RecordingFinished
  | RecordingFailed
  | ApplicationMoveFailed
  | ApplicationRegistered
  | ApplicationUnregistered
  | ApplicationReplaced
  | BridgeCreated
  | BridgeDestroyed
  | BridgeMerged
  | BridgeVideoSourceChanged
  | BridgeBlindTransfer
  | BridgeAttendedTransfer
  | ChannelCreated
  | ChannelDestroyed
  | ChannelEnteredBridge
  | ChannelLeftBridge
  | ChannelStateChange
  | ChannelDtmfReceived
  | ChannelDialplan
  | ChannelCallerId
  | ChannelUserevent
  | ChannelHangupRequest
  | ChannelVarset
  | ChannelHold
  | ChannelUnhold
  | ChannelToneDetected
  | ChannelTalkingStarted
  | ChannelTalkingFinished
  | ContactStatusChange
  | PeerStatusChange
  | EndpointStateChange
  | Dial
  | StasisEnd
  | StasisStart
  | TextMessageReceived
  | ChannelConnectedLine
  | ChannelTransfer
  | RESTResponse
  | CallBroadcast
  | CallClaimed;

/** Parameters and result of each operation. */
export interface AriOperations {
  /** List all applications. */
  'applications.list': { params: {  }; result: Application[] };
  /** Get details of an application. */
  'applications.get': { params: { applicationName: string }; result: Application };
  /** Subscribe an application to a event source. */
  'applications.subscribe': { params: { applicationName: string; eventSource: string[] }; result: Application };
  /** Unsubscribe an application from an event source. */
  'applications.unsubscribe': { params: { applicationName: string; eventSource: string[] }; result: Application };
  /** Filter application events types. */
  'applications.filter': { params: { applicationName: string; filter?: Record<string, unknown> }; result: Application };
  /** Retrieve a dynamic configuration object. */
  'asterisk.getObject': { params: { configClass: string; objectType: string; id: string }; result: ConfigTuple[] };
  /** Create or update a dynamic configuration object. */
  'asterisk.updateObject': { params: { configClass: string; objectType: string; id: string; fields?: object }; result: ConfigTuple[] };
  /** Delete a dynamic configuration object. */
  'asterisk.deleteObject': { params: { configClass: string; objectType: string; id: string }; result: undefined };
  /** Gets Asterisk system information. */
  'asterisk.getInfo': { params: { only?: string[] }; result: AsteriskInfo };
  /** Response pong message. */
  'asterisk.ping': { params: {  }; result: AsteriskPing };
  /** List Asterisk modules. */
  'asterisk.listModules': { params: {  }; result: Module[] };
  /** Get Asterisk module information. */
  'asterisk.getModule': { params: { moduleName: string }; result: Module };
  /** Load an Asterisk module. */
  'asterisk.loadModule': { params: { moduleName: string }; result: undefined };
  /** Unload an Asterisk module. */
  'asterisk.unloadModule': { params: { moduleName: string }; result: undefined };
  /** Reload an Asterisk module. */
  'asterisk.reloadModule': { params: { moduleName: string }; result: undefined };
  /** Gets Asterisk log channel information. */
  'asterisk.listLogChannels': { params: {  }; result: LogChannel[] };
  /** Adds a log channel. */
  'asterisk.addLog': { params: { logChannelName: string; configuration: string }; result: undefined };
  /** Deletes a log channel. */
  'asterisk.deleteLog': { params: { logChannelName: string }; result: undefined };
  /** Rotates a log channel. */
  'asterisk.rotateLog': { params: { logChannelName: string }; result: undefined };
  /** Get the value of a global variable. */
  'asterisk.getGlobalVar': { params: { variable: string }; result: Variable };
  /** Set the value of a global variable. */
  'asterisk.setGlobalVar': { params: { variable: string; value?: string }; result: undefined };
  /** List all active bridges in Asterisk. */
  'bridges.list': { params: {  }; result: Bridge[] };
  /** Create a new bridge. */
  'bridges.create': { params: { type?: string; bridgeId?: string; name?: string; variables?: object }; result: Bridge };
  /** Create a new bridge. */
  'bridges.createWithId': { params: { type?: string; bridgeId: string; name?: string; variables?: object }; result: Bridge };
  /** Get bridge details. */
  'bridges.get': { params: { bridgeId: string }; result: Bridge };
  /** Shut down a bridge. */
  'bridges.destroy': { params: { bridgeId: string }; result: undefined };
  /** Get the value of a bridge variable or function. */
  'bridges.getBridgeVar': { params: { bridgeId: string; variable: string }; result: Variable };
  /** Set the value of a bridge variable or function. */
  'bridges.setBridgeVar': { params: { bridgeId: string; variable: string; value?: string; report_events?: boolean }; result: undefined };
  /** Get the value of multiple bridge variables or functions. */
  'bridges.getBridgeVars': { params: { bridgeId: string; variables: string[] }; result: Variables };
  /** Set the values of multiple bridge variables or functions. */
  'bridges.setBridgeVars': { params: { bridgeId: string; variables: object }; result: undefined };
  /** Add a channel to a bridge. */
  'bridges.addChannel': { params: { bridgeId: string; channel: string[]; role?: string; absorbDTMF?: boolean; mute?: boolean; inhibitConnectedLineUpdates?: boolean }; result: undefined };
  /** Remove a channel from a bridge. */
  'bridges.removeChannel': { params: { bridgeId: string; channel: string[] }; result: undefined };
  /** Set a channel as the video source in a multi-party mixing bridge. This operation has no effect on bridges with two or fewer participants. */
  'bridges.setVideoSource': { params: { bridgeId: string; channelId: string }; result: undefined };
  /** Removes any explicit video source in a multi-party mixing bridge. This operation has no effect on bridges with two or fewer participants. When no explicit video source is set, talk detection will be used to determine the active video stream. */
  'bridges.clearVideoSource': { params: { bridgeId: string }; result: undefined };
  /** Play music on hold to a bridge or change the MOH class that is playing. */
  'bridges.startMoh': { params: { bridgeId: string; mohClass?: string }; result: undefined };
  /** Stop playing music on hold to a bridge. */
  'bridges.stopMoh': { params: { bridgeId: string }; result: undefined };
  /** Start playback of media on a bridge. */
  'bridges.play': { params: { bridgeId: string; media: string[]; announcer_format?: string; lang?: string; offsetms?: number; skipms?: number; playbackId?: string }; result: Playback };
  /** Start playback of media on a bridge. */
  'bridges.playWithId': { params: { bridgeId: string; playbackId: string; media: string[]; announcer_format?: string; lang?: string; offsetms?: number; skipms?: number }; result: Playback };
  /** Start a recording. */
  'bridges.record': { params: { bridgeId: string; name: string; format: string; recorder_format?: string; maxDurationSeconds?: number; maxSilenceSeconds?: number; ifExists?: string; beep?: boolean; terminateOn?: string }; result: LiveRecording };
  /** List all active channels in Asterisk. */
  'channels.list': { params: {  }; result: Channel[] };
  /** Create a new channel (originate). */
  'channels.originate': { params: { endpoint: string; extension?: string; context?: string; priority?: number; label?: string; app?: string; appArgs?: string; callerId?: string; timeout?: number; variables?: object; channelId?: string; otherChannelId?: string; originator?: string; formats?: string }; result: Channel };
  /** Create channel. */
  'channels.create': { params: { endpoint: string; app: string; appArgs?: string; channelId?: string; otherChannelId?: string; originator?: string; formats?: string; variables?: object }; result: Channel };
  /** Channel details. */
  'channels.get': { params: { channelId: string }; result: Channel };
  /** Create a new channel (originate with id). */
  'channels.originateWithId': { params: { channelId: string; endpoint: string; extension?: string; context?: string; priority?: number; label?: string; app?: string; appArgs?: string; callerId?: string; timeout?: number; variables?: object; otherChannelId?: string; originator?: string; formats?: string }; result: Channel };
  /** Delete (i.e. hangup) a channel. */
  'channels.hangup': { params: { channelId: string; reason_code?: string; reason?: string }; result: undefined };
  /** Exit application; continue execution in the dialplan. */
  'channels.continueInDialplan': { params: { channelId: string; context?: string; extension?: string; priority?: number; label?: string }; result: undefined };
  /** Move the channel from one Stasis application to another. */
  'channels.move': { params: { channelId: string; app: string; appArgs?: string }; result: undefined };
  /** Redirect the channel to a different location. */
  'channels.redirect': { params: { channelId: string; endpoint: string }; result: undefined };
  /** Answer a channel. */
  'channels.answer': { params: { channelId: string }; result: undefined };
  /** Indicate ringing to a channel. */
  'channels.ring': { params: { channelId: string }; result: undefined };
  /** Stop ringing indication on a channel if locally generated. */
  'channels.ringStop': { params: { channelId: string }; result: undefined };
  /** Indicate progress on a channel. */
  'channels.progress': { params: { channelId: string }; result: undefined };
  /** Send provided DTMF to a given channel. */
  'channels.sendDTMF': { params: { channelId: string; dtmf?: string; before?: number; between?: number; duration?: number; after?: number }; result: undefined };
  /** Mute a channel. */
  'channels.mute': { params: { channelId: string; direction?: string }; result: undefined };
  /** Unmute a channel. */
  'channels.unmute': { params: { channelId: string; direction?: string }; result: undefined };
  /** Hold a channel. */
  'channels.hold': { params: { channelId: string }; result: undefined };
  /** Remove a channel from hold. */
  'channels.unhold': { params: { channelId: string }; result: undefined };
  /** Play music on hold to a channel. */
  'channels.startMoh': { params: { channelId: string; mohClass?: string }; result: undefined };
  /** Stop playing music on hold to a channel. */
  'channels.stopMoh': { params: { channelId: string }; result: undefined };
  /** Play silence to a channel. */
  'channels.startSilence': { params: { channelId: string }; result: undefined };
  /** Stop playing silence to a channel. */
  'channels.stopSilence': { params: { channelId: string }; result: undefined };
  /** Start playback of media. */
  'channels.play': { params: { channelId: string; media: string[]; lang?: string; offsetms?: number; skipms?: number; playbackId?: string }; result: Playback };
  /** Start playback of media and specify the playbackId. */
  'channels.playWithId': { params: { channelId: string; playbackId: string; media: string[]; lang?: string; offsetms?: number; skipms?: number }; result: Playback };
  /** Start a recording. */
  'channels.record': { params: { channelId: string; name: string; format: string; maxDurationSeconds?: number; maxSilenceSeconds?: number; ifExists?: string; beep?: boolean; terminateOn?: string }; result: LiveRecording };
  /** Get the value of a channel variable or function. */
  'channels.getChannelVar': { params: { channelId: string; variable: string }; result: Variable };
  /** Set the value of a channel variable or function. */
  'channels.setChannelVar': { params: { channelId: string; variable: string; value?: string; report_events?: boolean }; result: undefined };
  /** Get the value of multiple channel variables or functions. */
  'channels.getChannelVars': { params: { channelId: string; variables: string[] }; result: Variables };
  /** Set the values of multiple channel variables or functions. */
  'channels.setChannelVars': { params: { channelId: string; variables: object }; result: undefined };
  /** Start snooping. */
  'channels.snoopChannel': { params: { channelId: string; spy?: string; whisper?: string; app: string; appArgs?: string; snoopId?: string }; result: Channel };
  /** Start snooping. */
  'channels.snoopChannelWithId': { params: { channelId: string; snoopId: string; spy?: string; whisper?: string; app: string; appArgs?: string }; result: Channel };
  /** Dial a created channel. */
  'channels.dial': { params: { channelId: string; caller?: string; timeout?: number }; result: undefined };
  /** RTP stats on a channel. */
  'channels.rtpstatistics': { params: { channelId: string }; result: RTPstat };
  /** Start an External Media session. */
  'channels.externalMedia': { params: { channelId?: string; app: string; variables?: object; external_host?: string; encapsulation?: string; transport?: string; connection_type?: string; format: string; direction?: string; data?: string; transport_data?: string }; result: Channel };
  /** Inform the channel about the progress of the attended/blind transfer. */
  'channels.transfer_progress': { params: { channelId: string; states: string }; result: undefined };
  /** List all ARI controlled device states. */
  'deviceStates.list': { params: {  }; result: DeviceState[] };
  /** Retrieve the current state of a device. */
  'deviceStates.get': { params: { deviceName: string }; result: DeviceState };
  /** Change the state of a device controlled by ARI. (Note - implicitly creates the device state). */
  'deviceStates.update': { params: { deviceName: string; deviceState: string }; result: undefined };
  /** Destroy a device-state controlled by ARI. */
  'deviceStates.delete': { params: { deviceName: string }; result: undefined };
  /** List all endpoints. */
  'endpoints.list': { params: {  }; result: Endpoint[] };
  /** Send a message to some technology URI or endpoint. */
  'endpoints.sendMessage': { params: { to: string; from: string; body?: string; variables?: object }; result: undefined };
  /** Refer an endpoint or technology URI to some technology URI or endpoint. */
  'endpoints.refer': { params: { to: string; from: string; refer_to: string; to_self?: boolean; variables?: object }; result: undefined };
  /** List available endoints for a given endpoint technology. */
  'endpoints.listByTech': { params: { tech?: string }; result: Endpoint[] };
  /** Details for an endpoint. */
  'endpoints.get': { params: { tech?: string; resource?: string }; result: Endpoint };
  /** Send a message to some endpoint in a technology. */
  'endpoints.sendMessageToEndpoint': { params: { tech?: string; resource?: string; from: string; body?: string; variables?: object }; result: undefined };
  /** Refer an endpoint or technology URI to some technology URI or endpoint. */
  'endpoints.referToEndpoint': { params: { tech?: string; resource?: string; from: string; refer_to: string; to_self?: boolean; variables?: object }; result: undefined };
  /** Generate a user event. */
  'events.userEvent': { params: { eventName: string; application: string; source?: string[]; variables?: object }; result: undefined };
  /** Claim a broadcast channel for this application. */
  'events.claimChannel': { params: { channelId: string; application: string }; result: undefined };
  /** Get a playback's details. */
  'playbacks.get': { params: { playbackId: string }; result: Playback };
  /** Stop a playback. */
  'playbacks.stop': { params: { playbackId: string }; result: undefined };
  /** Control a playback. */
  'playbacks.control': { params: { playbackId: string; operation: string }; result: undefined };
  /** List recordings that are complete. */
  'recordings.listStored': { params: {  }; result: StoredRecording[] };
  /** Get a stored recording's details. */
  'recordings.getStored': { params: { recordingName: string }; result: StoredRecording };
  /** Delete a stored recording. */
  'recordings.deleteStored': { params: { recordingName: string }; result: undefined };
  /** Copy a stored recording. */
  'recordings.copyStored': { params: { recordingName: string; destinationRecordingName: string }; result: StoredRecording };
  /** List live recordings. */
  'recordings.getLive': { params: { recordingName: string }; result: LiveRecording };
  /** Stop a live recording and discard it. */
  'recordings.cancel': { params: { recordingName: string }; result: undefined };
  /** Stop a live recording and store it. */
  'recordings.stop': { params: { recordingName: string }; result: undefined };
  /** Pause a live recording. */
  'recordings.pause': { params: { recordingName: string }; result: undefined };
  /** Unpause a live recording. */
  'recordings.unpause': { params: { recordingName: string }; result: undefined };
  /** Mute a live recording. */
  'recordings.mute': { params: { recordingName: string }; result: undefined };
  /** Unmute a live recording. */
  'recordings.unmute': { params: { recordingName: string }; result: undefined };
  /** List all sounds. */
  'sounds.list': { params: { lang?: string; format?: string }; result: Sound[] };
  /** Get a sound's details. */
  'sounds.get': { params: { soundId: string }; result: Sound };
}

/** How each operation goes over the wire. */
export const ariRoutes = {
  'applications.list': { method: 'GET', path: '/applications', query: [], body: [] },
  'applications.get': { method: 'GET', path: '/applications/{applicationName}', query: [], body: [] },
  'applications.subscribe': { method: 'POST', path: '/applications/{applicationName}/subscription', query: ['eventSource'], body: [] },
  'applications.unsubscribe': { method: 'DELETE', path: '/applications/{applicationName}/subscription', query: ['eventSource'], body: [] },
  'applications.filter': { method: 'PUT', path: '/applications/{applicationName}/eventFilter', query: [], body: ['filter'] },
  'asterisk.getObject': { method: 'GET', path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}', query: [], body: [] },
  'asterisk.updateObject': { method: 'PUT', path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}', query: [], body: ['fields'] },
  'asterisk.deleteObject': { method: 'DELETE', path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}', query: [], body: [] },
  'asterisk.getInfo': { method: 'GET', path: '/asterisk/info', query: ['only'], body: [] },
  'asterisk.ping': { method: 'GET', path: '/asterisk/ping', query: [], body: [] },
  'asterisk.listModules': { method: 'GET', path: '/asterisk/modules', query: [], body: [] },
  'asterisk.getModule': { method: 'GET', path: '/asterisk/modules/{moduleName}', query: [], body: [] },
  'asterisk.loadModule': { method: 'POST', path: '/asterisk/modules/{moduleName}', query: [], body: [] },
  'asterisk.unloadModule': { method: 'DELETE', path: '/asterisk/modules/{moduleName}', query: [], body: [] },
  'asterisk.reloadModule': { method: 'PUT', path: '/asterisk/modules/{moduleName}', query: [], body: [] },
  'asterisk.listLogChannels': { method: 'GET', path: '/asterisk/logging', query: [], body: [] },
  'asterisk.addLog': { method: 'POST', path: '/asterisk/logging/{logChannelName}', query: ['configuration'], body: [] },
  'asterisk.deleteLog': { method: 'DELETE', path: '/asterisk/logging/{logChannelName}', query: [], body: [] },
  'asterisk.rotateLog': { method: 'PUT', path: '/asterisk/logging/{logChannelName}/rotate', query: [], body: [] },
  'asterisk.getGlobalVar': { method: 'GET', path: '/asterisk/variable', query: ['variable'], body: [] },
  'asterisk.setGlobalVar': { method: 'POST', path: '/asterisk/variable', query: ['variable', 'value'], body: [] },
  'bridges.list': { method: 'GET', path: '/bridges', query: [], body: [] },
  'bridges.create': { method: 'POST', path: '/bridges', query: ['type', 'bridgeId', 'name'], body: ['variables'] },
  'bridges.createWithId': { method: 'POST', path: '/bridges/{bridgeId}', query: ['type', 'name'], body: ['variables'] },
  'bridges.get': { method: 'GET', path: '/bridges/{bridgeId}', query: [], body: [] },
  'bridges.destroy': { method: 'DELETE', path: '/bridges/{bridgeId}', query: [], body: [] },
  'bridges.getBridgeVar': { method: 'GET', path: '/bridges/{bridgeId}/variable', query: ['variable'], body: [] },
  'bridges.setBridgeVar': { method: 'POST', path: '/bridges/{bridgeId}/variable', query: ['variable', 'value', 'report_events'], body: [] },
  'bridges.getBridgeVars': { method: 'GET', path: '/bridges/{bridgeId}/variables', query: ['variables'], body: [] },
  'bridges.setBridgeVars': { method: 'POST', path: '/bridges/{bridgeId}/variables', query: [], body: ['variables'] },
  'bridges.addChannel': { method: 'POST', path: '/bridges/{bridgeId}/addChannel', query: ['channel', 'role', 'absorbDTMF', 'mute', 'inhibitConnectedLineUpdates'], body: [] },
  'bridges.removeChannel': { method: 'POST', path: '/bridges/{bridgeId}/removeChannel', query: ['channel'], body: [] },
  'bridges.setVideoSource': { method: 'POST', path: '/bridges/{bridgeId}/videoSource/{channelId}', query: [], body: [] },
  'bridges.clearVideoSource': { method: 'DELETE', path: '/bridges/{bridgeId}/videoSource', query: [], body: [] },
  'bridges.startMoh': { method: 'POST', path: '/bridges/{bridgeId}/moh', query: ['mohClass'], body: [] },
  'bridges.stopMoh': { method: 'DELETE', path: '/bridges/{bridgeId}/moh', query: [], body: [] },
  'bridges.play': { method: 'POST', path: '/bridges/{bridgeId}/play', query: ['media', 'announcer_format', 'lang', 'offsetms', 'skipms', 'playbackId'], body: [] },
  'bridges.playWithId': { method: 'POST', path: '/bridges/{bridgeId}/play/{playbackId}', query: ['media', 'announcer_format', 'lang', 'offsetms', 'skipms'], body: [] },
  'bridges.record': { method: 'POST', path: '/bridges/{bridgeId}/record', query: ['name', 'format', 'recorder_format', 'maxDurationSeconds', 'maxSilenceSeconds', 'ifExists', 'beep', 'terminateOn'], body: [] },
  'channels.list': { method: 'GET', path: '/channels', query: [], body: [] },
  'channels.originate': { method: 'POST', path: '/channels', query: ['endpoint', 'extension', 'context', 'priority', 'label', 'app', 'appArgs', 'callerId', 'timeout', 'channelId', 'otherChannelId', 'originator', 'formats'], body: ['variables'] },
  'channels.create': { method: 'POST', path: '/channels/create', query: ['endpoint', 'app', 'appArgs', 'channelId', 'otherChannelId', 'originator', 'formats'], body: ['variables'] },
  'channels.get': { method: 'GET', path: '/channels/{channelId}', query: [], body: [] },
  'channels.originateWithId': { method: 'POST', path: '/channels/{channelId}', query: ['endpoint', 'extension', 'context', 'priority', 'label', 'app', 'appArgs', 'callerId', 'timeout', 'otherChannelId', 'originator', 'formats'], body: ['variables'] },
  'channels.hangup': { method: 'DELETE', path: '/channels/{channelId}', query: ['reason_code', 'reason'], body: [] },
  'channels.continueInDialplan': { method: 'POST', path: '/channels/{channelId}/continue', query: ['context', 'extension', 'priority', 'label'], body: [] },
  'channels.move': { method: 'POST', path: '/channels/{channelId}/move', query: ['app', 'appArgs'], body: [] },
  'channels.redirect': { method: 'POST', path: '/channels/{channelId}/redirect', query: ['endpoint'], body: [] },
  'channels.answer': { method: 'POST', path: '/channels/{channelId}/answer', query: [], body: [] },
  'channels.ring': { method: 'POST', path: '/channels/{channelId}/ring', query: [], body: [] },
  'channels.ringStop': { method: 'DELETE', path: '/channels/{channelId}/ring', query: [], body: [] },
  'channels.progress': { method: 'POST', path: '/channels/{channelId}/progress', query: [], body: [] },
  'channels.sendDTMF': { method: 'POST', path: '/channels/{channelId}/dtmf', query: ['dtmf', 'before', 'between', 'duration', 'after'], body: [] },
  'channels.mute': { method: 'POST', path: '/channels/{channelId}/mute', query: ['direction'], body: [] },
  'channels.unmute': { method: 'DELETE', path: '/channels/{channelId}/mute', query: ['direction'], body: [] },
  'channels.hold': { method: 'POST', path: '/channels/{channelId}/hold', query: [], body: [] },
  'channels.unhold': { method: 'DELETE', path: '/channels/{channelId}/hold', query: [], body: [] },
  'channels.startMoh': { method: 'POST', path: '/channels/{channelId}/moh', query: ['mohClass'], body: [] },
  'channels.stopMoh': { method: 'DELETE', path: '/channels/{channelId}/moh', query: [], body: [] },
  'channels.startSilence': { method: 'POST', path: '/channels/{channelId}/silence', query: [], body: [] },
  'channels.stopSilence': { method: 'DELETE', path: '/channels/{channelId}/silence', query: [], body: [] },
  'channels.play': { method: 'POST', path: '/channels/{channelId}/play', query: ['media', 'lang', 'offsetms', 'skipms', 'playbackId'], body: [] },
  'channels.playWithId': { method: 'POST', path: '/channels/{channelId}/play/{playbackId}', query: ['media', 'lang', 'offsetms', 'skipms'], body: [] },
  'channels.record': { method: 'POST', path: '/channels/{channelId}/record', query: ['name', 'format', 'maxDurationSeconds', 'maxSilenceSeconds', 'ifExists', 'beep', 'terminateOn'], body: [] },
  'channels.getChannelVar': { method: 'GET', path: '/channels/{channelId}/variable', query: ['variable'], body: [] },
  'channels.setChannelVar': { method: 'POST', path: '/channels/{channelId}/variable', query: ['variable', 'value', 'report_events'], body: [] },
  'channels.getChannelVars': { method: 'GET', path: '/channels/{channelId}/variables', query: ['variables'], body: [] },
  'channels.setChannelVars': { method: 'POST', path: '/channels/{channelId}/variables', query: [], body: ['variables'] },
  'channels.snoopChannel': { method: 'POST', path: '/channels/{channelId}/snoop', query: ['spy', 'whisper', 'app', 'appArgs', 'snoopId'], body: [] },
  'channels.snoopChannelWithId': { method: 'POST', path: '/channels/{channelId}/snoop/{snoopId}', query: ['spy', 'whisper', 'app', 'appArgs'], body: [] },
  'channels.dial': { method: 'POST', path: '/channels/{channelId}/dial', query: ['caller', 'timeout'], body: [] },
  'channels.rtpstatistics': { method: 'GET', path: '/channels/{channelId}/rtp_statistics', query: [], body: [] },
  'channels.externalMedia': { method: 'POST', path: '/channels/externalMedia', query: ['channelId', 'app', 'external_host', 'encapsulation', 'transport', 'connection_type', 'format', 'direction', 'data', 'transport_data'], body: ['variables'] },
  'channels.transfer_progress': { method: 'POST', path: '/channels/{channelId}/transfer_progress', query: ['states'], body: [] },
  'deviceStates.list': { method: 'GET', path: '/deviceStates', query: [], body: [] },
  'deviceStates.get': { method: 'GET', path: '/deviceStates/{deviceName}', query: [], body: [] },
  'deviceStates.update': { method: 'PUT', path: '/deviceStates/{deviceName}', query: ['deviceState'], body: [] },
  'deviceStates.delete': { method: 'DELETE', path: '/deviceStates/{deviceName}', query: [], body: [] },
  'endpoints.list': { method: 'GET', path: '/endpoints', query: [], body: [] },
  'endpoints.sendMessage': { method: 'PUT', path: '/endpoints/sendMessage', query: ['to', 'from', 'body'], body: ['variables'] },
  'endpoints.refer': { method: 'POST', path: '/endpoints/refer', query: ['to', 'from', 'refer_to', 'to_self'], body: ['variables'] },
  'endpoints.listByTech': { method: 'GET', path: '/endpoints/{tech}', query: [], body: [] },
  'endpoints.get': { method: 'GET', path: '/endpoints/{tech}/{resource}', query: [], body: [] },
  'endpoints.sendMessageToEndpoint': { method: 'PUT', path: '/endpoints/{tech}/{resource}/sendMessage', query: ['from', 'body'], body: ['variables'] },
  'endpoints.referToEndpoint': { method: 'POST', path: '/endpoints/{tech}/{resource}/refer', query: ['from', 'refer_to', 'to_self'], body: ['variables'] },
  'events.userEvent': { method: 'POST', path: '/events/user/{eventName}', query: ['application', 'source'], body: ['variables'] },
  'events.claimChannel': { method: 'POST', path: '/events/claim', query: ['channelId', 'application'], body: [] },
  'playbacks.get': { method: 'GET', path: '/playbacks/{playbackId}', query: [], body: [] },
  'playbacks.stop': { method: 'DELETE', path: '/playbacks/{playbackId}', query: [], body: [] },
  'playbacks.control': { method: 'POST', path: '/playbacks/{playbackId}/control', query: ['operation'], body: [] },
  'recordings.listStored': { method: 'GET', path: '/recordings/stored', query: [], body: [] },
  'recordings.getStored': { method: 'GET', path: '/recordings/stored/{recordingName}', query: [], body: [] },
  'recordings.deleteStored': { method: 'DELETE', path: '/recordings/stored/{recordingName}', query: [], body: [] },
  'recordings.copyStored': { method: 'POST', path: '/recordings/stored/{recordingName}/copy', query: ['destinationRecordingName'], body: [] },
  'recordings.getLive': { method: 'GET', path: '/recordings/live/{recordingName}', query: [], body: [] },
  'recordings.cancel': { method: 'DELETE', path: '/recordings/live/{recordingName}', query: [], body: [] },
  'recordings.stop': { method: 'POST', path: '/recordings/live/{recordingName}/stop', query: [], body: [] },
  'recordings.pause': { method: 'POST', path: '/recordings/live/{recordingName}/pause', query: [], body: [] },
  'recordings.unpause': { method: 'DELETE', path: '/recordings/live/{recordingName}/pause', query: [], body: [] },
  'recordings.mute': { method: 'POST', path: '/recordings/live/{recordingName}/mute', query: [], body: [] },
  'recordings.unmute': { method: 'DELETE', path: '/recordings/live/{recordingName}/mute', query: [], body: [] },
  'sounds.list': { method: 'GET', path: '/sounds', query: ['lang', 'format'], body: [] },
  'sounds.get': { method: 'GET', path: '/sounds/{soundId}', query: [], body: [] },
} as const;
