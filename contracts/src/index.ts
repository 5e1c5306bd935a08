/** The whole contract between browser (and partners) and server. No I/O in this package. */
import { audit } from './audit.ts';
import { auth, security } from './auth.ts';
import { calendars } from './calendars.ts';
import { contacts } from './contacts.ts';
import { customers } from './customers.ts';
import { deskContract } from './desk.ts';
import { exchange } from './exchange.ts';
import { flowRuns } from './flow-runs.ts';
import { flows } from './flows.ts';
import { keys } from './keys.ts';
import { lostCalls } from './lost-calls.ts';
import { monitor } from './monitor.ts';
import { accessCodes, lists, numbers } from './numbers.ts';
import { people, roles } from './people.ts';
import { deskSettings, phones } from './phones.ts';
import { prompts } from './prompts.ts';
import { phoneRegions, queues, routingRules } from './queues.ts';
import { sms } from './sms.ts';
import { supervision } from './supervision.ts';
import { trial } from './trial.ts';
import { trunks } from './trunks.ts';
import { units } from './units.ts';
import { workOrders } from './work-orders.ts';

export const contract = {
  auth,
  security,
  desk: deskContract,
  contacts,
  customers,
  lostCalls,
  workOrders,
  sms,
  monitor,
  supervision,
  phones,
  deskSettings,
  units,
  people,
  roles,
  numbers,
  accessCodes,
  trunks,
  lists,
  calendars,
  flows,
  flowRuns,
  prompts,
  queues,
  routingRules,
  phoneRegions,
  exchange,
  keys,
  audit,
  trial,
};

/** Where the RPC handler of the contract is mounted on the HTTP port: for our own pages. */
export const RPC_PATH = '/api/rpc';
/** The same routes as plain HTTP and JSON, for partners; described at `/api/docs`. */
export const REST_PATH = '/api/v1';
/** Where recordings are played and saved; below it their ids. Partners save them at `RECORDINGS_REST_PATH`. */
export const RECORDINGS_PATH = '/media/recordings';
export const RECORDINGS_REST_PATH = `${REST_PATH}/recordings`;
/** Our pages say with it how many seconds nobody has touched them: requests they make by themselves are no activity. */
export const IDLE_HEADER = 'x-rexian-idle';
/** SIP over WebSocket, proxied to Asterisk on the same origin. */
export const SIP_PATH = '/sip';

export { type AuditEntry, type AuditFilter, auditEntry, auditFilter } from './audit.ts';
export {
  type PasswordPolicy,
  passwordPolicy,
  type RoleRef,
  roleRef,
  type SecuritySettings,
  type SignInStep,
  securitySettings,
  signInStep,
  type Viewer,
  viewer,
  type WebSession,
  webSession,
} from './auth.ts';
export {
  type Calendar,
  type CalendarDay,
  calendar,
  calendarDay,
  type OpenHours,
  openHours,
  type SpecialDay,
  specialDay,
  timeOfDay,
  week,
} from './calendars.ts';
export * from './common.ts';
export {
  type ChainLink,
  COUNT_LIMIT,
  type ContactDetail,
  type ContactEvent,
  type ContactFilter,
  type ContactLeg,
  type ContactSummary,
  chainLink,
  contactDetail,
  contactEvent,
  contactFilter,
  contactLeg,
  contactSummary,
  type Recording,
  recording,
  satisfactionAnswer,
} from './contacts.ts';
export { type Customer, customer, customerChanges } from './customers.ts';
export {
  type CallParty,
  type CallTarget,
  type CallTargets,
  type Category,
  callParty,
  callTarget,
  callTargets,
  category,
  type Desk,
  type DeskContact,
  desk,
  deskContact,
  type NextChoice,
  type PartyTarget,
  type PhoneAccount,
  type PhoneChoice,
  partyTarget,
  phoneAccount,
  phoneChoice,
  type RestReason,
  restReason,
} from './desk.ts';
export { type ExchangeKind, exchangeKind, IMPORT_MAX_BYTES, type ImportReport, importReport } from './exchange.ts';
export {
  type FlowDocument,
  type FlowNodeDocument,
  flowDocument,
  flowNodeDocument,
  MOST_FLOW_NODES,
} from './flow-document.ts';
export {
  type FlowPath,
  type FlowStatistics,
  type FlowTestAccount,
  flowPath,
  flowStatistics,
  flowTestAccount,
  MOST_STATISTICS_DAYS,
  type NodeStatistics,
  nodeStatistics,
  type PathStep,
  pathStep,
  testCallerNumber,
} from './flow-runs.ts';
export {
  FLOW_FILE_MAX_BYTES,
  type FlowDetail,
  type FlowEditor,
  type FlowFinding,
  type FlowOptions,
  type FlowSummary,
  type FlowTemplate,
  type FlowVersion,
  flowDetail,
  flowEditor,
  flowFinding,
  flowName,
  flowOptions,
  flowSummary,
  flowTemplate,
  flowVersion,
} from './flows.ts';
export { type ApiKey, apiKey, network } from './keys.ts';
export {
  type LostCall,
  type LostCallAttempt,
  type LostCallDay,
  type LostCallFilter,
  lostCall,
  lostCallAttempt,
  lostCallDay,
  lostCallFilter,
  type WaitingCallback,
  waitingCallback,
} from './lost-calls.ts';
export {
  type Alarm,
  alarm,
  type BoardAgent,
  type BoardAlarm,
  type BoardQueue,
  boardAgent,
  boardAlarm,
  boardQueue,
  type DayFigures,
  dayFigures,
  type LiveCall,
  liveCall,
  SERVICE_LEVEL_MS,
  type ServiceFigures,
  serviceFigures,
} from './monitor.ts';
export {
  type AccessCode,
  accessCode,
  accessCodeDigits,
  callerDigits,
  type FlowRef,
  type ListEntry,
  listEntry,
  remoteDigits,
  type ServiceNumber,
  serviceNumber,
  serviceNumberDigits,
  serviceNumberName,
} from './numbers.ts';
export { agentNumberDigits, login, type Person, person, personName, type Role, role } from './people.ts';
export { type DeskSettings, type Device, deskSettingsOf, device, deviceLabel, deviceName } from './phones.ts';
export {
  AUDIO_MAX_BYTES,
  type Prompt,
  prompt,
  promptName,
  promptText,
  type SpeechCapabilities,
  type SpeechEngineName,
  speechCapabilities,
  speechEngineName,
} from './prompts.ts';
export {
  memberWeight,
  type OverflowCode,
  type OverflowStep,
  overflowCode,
  overflowStep,
  type PhoneRegion,
  type PlacementPreview,
  phoneRegion,
  placementPreview,
  type Queue,
  type QueueAgent,
  type QueueSettings,
  queue,
  queueAgent,
  queueSettings,
  type RoutingExplanation,
  type RoutingRule,
  type RuleConditions,
  type RuleEffects,
  regionName,
  regionPrefix,
  routingExplanation,
  routingRule,
  ruleConditions,
  ruleEffects,
  standardRules,
} from './queues.ts';
export * from './realtime.ts';
export type { Access, RouteMeta } from './route.ts';
export { type SmsFilter, type SmsMessage, type SmsReceipt, smsFilter } from './sms.ts';
export * from './states.ts';
export { type TrialAccount, trialAccount } from './trial.ts';
export {
  type Trunk,
  trunk,
  trunkCode,
  trunkHost,
  trunkName,
  trunkPassword,
  trunkPort,
  trunkUsername,
} from './trunks.ts';
export { type Unit, unit, unitCode, unitName } from './units.ts';
export {
  WORK_ORDER_COUNT_LIMIT,
  type WorkOrder,
  type WorkOrderDetail,
  type WorkOrderFilter,
  workOrder,
  workOrderCounts,
  workOrderDetail,
  workOrderFilter,
} from './work-orders.ts';
