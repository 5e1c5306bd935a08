/** The whole contract between browser (and partners) and server. No I/O in this package. */
import { answerImports } from './answer-imports.ts';
import { answers } from './answers.ts';
import { audit } from './audit.ts';
import { auth, security } from './auth.ts';
import { calendars } from './calendars.ts';
import { categories } from './categories.ts';
import { contacts } from './contacts.ts';
import { customers } from './customers.ts';
import { deskContract } from './desk.ts';
import { exchange } from './exchange.ts';
import { exportJobs } from './exports.ts';
import { files } from './files.ts';
import { flowRuns } from './flow-runs.ts';
import { flows } from './flows.ts';
import { keys } from './keys.ts';
import { knowledge } from './knowledge.ts';
import { knowledgeFeedback } from './knowledge-feedback.ts';
import { knowledgeLibraries } from './knowledge-libraries.ts';
import { knowledgeReports } from './knowledge-reports.ts';
import { knowledgeMissing, knowledgeSearch } from './knowledge-search.ts';
import { lostCalls } from './lost-calls.ts';
import { messages } from './messages.ts';
import { monitor } from './monitor.ts';
import { notices } from './notices.ts';
import { accessCodes, lists, numbers } from './numbers.ts';
import { orderExchange } from './order-exchange.ts';
import { orderForms } from './order-forms.ts';
import { orderSteps } from './order-steps.ts';
import { orders } from './orders.ts';
import { partners } from './partners.ts';
import { people, roles } from './people.ts';
import { deskSettings, phones } from './phones.ts';
import { platform12345 } from './platform-12345.ts';
import { prompts } from './prompts.ts';
import { publicKnowledge } from './public-knowledge.ts';
import { phoneRegions, queues, routingRules } from './queues.ts';
import { savedFilters } from './saved-filters.ts';
import { sms } from './sms.ts';
import { smsTemplates } from './sms-templates.ts';
import { supervision } from './supervision.ts';
import { taxpayerSources, taxpayers } from './taxpayers.ts';
import { thesaurus } from './thesaurus.ts';
import { trial } from './trial.ts';
import { trunks } from './trunks.ts';
import { units } from './units.ts';
import { workflows } from './workflows.ts';

export const contract = {
  auth,
  security,
  desk: deskContract,
  contacts,
  customers,
  lostCalls,
  messages,
  orders,
  orderSteps,
  savedFilters,
  partners,
  orderExchange,
  platform12345,
  sms,
  smsTemplates,
  notices,
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
  workflows,
  categories,
  taxpayers,
  taxpayerSources,
  orderForms,
  knowledgeLibraries,
  knowledge,
  knowledgeFeedback,
  answers,
  answerImports,
  thesaurus,
  knowledgeSearch,
  knowledgeMissing,
  knowledgeReports,
  publicKnowledge,
  files,
  prompts,
  queues,
  routingRules,
  phoneRegions,
  exchange,
  exportJobs,
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
/** Where files are sent to and come from; below it their ids. */
export const FILES_PATH = '/media/files';
/** Our pages say with it how many seconds nobody has touched them: requests they make by themselves are no activity. */
export const IDLE_HEADER = 'x-rexian-idle';
/** SIP over WebSocket, proxied to Asterisk on the same origin. */
export const SIP_PATH = '/sip';

export {
  ANSWER_IMPORT_MAX_ROWS,
  type AnswerImportCheck,
  type AnswerImportResult,
  type AnswerImportRow,
} from './answer-imports.ts';
export { ANSWER_MAX, type AnswerTurn, answersOf, answerTurn, TURNS_DEEPEST, turnDue } from './answer-turns.ts';
export {
  type Answer,
  type AnswerContent,
  type AnswerFilter,
  type AnswerSummary,
  answerContent,
  answerFilter,
  type Duplicate,
  PROPOSALS_AT_ONCE,
  type Proposal,
  type ProposalOutcome,
  type ProposalSource,
  proposalOutcome,
} from './answers.ts';
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
export {
  CATEGORY_DEPTH,
  type Category,
  category,
  categoryCode,
  categoryName,
  type ManagedCategory,
  managedCategory,
} from './categories.ts';
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
export { type Deadline, dueLabel, levelOf } from './deadlines.ts';
export {
  type CallParty,
  type CallTarget,
  type CallTargets,
  callParty,
  callTarget,
  callTargets,
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
export { type OpenEditor, openEditor, type Presence, type Publication, presence, publication } from './drafts.ts';
export {
  type ExchangeKind,
  exchangeKind,
  IMPORT_MAX_BYTES,
  type ImportKind,
  type ImportReport,
  importKind,
  importReport,
} from './exchange.ts';
export { EXPORT_MAX_ROWS, EXPORTS_PATH, type ExportJob, exporters, exportJob } from './exports.ts';
export { FILE_ENDINGS, FILE_MAX_BYTES, FILE_NAME_MAX, fileUsers, type StoredFile, storedFile } from './files.ts';
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
  type FlowFinding,
  type FlowOptions,
  type FlowSummary,
  type FlowTemplate,
  type FlowVersion,
  flowDetail,
  flowFinding,
  flowName,
  flowOptions,
  flowSummary,
  flowTemplate,
  flowVersion,
} from './flows.ts';
export { type ApiKey, apiKey, network } from './keys.ts';
export {
  ARTICLE_NOTICE_DAYS,
  type Article,
  type ArticleContent,
  type ArticleDifference,
  type ArticleFilter,
  type ArticleSummary,
  type ArticleVersion,
  articleContent,
  articleFilter,
  type ParagraphChange,
} from './knowledge.ts';
export {
  type ArticleDocument,
  articleDocument,
  BODY_MAX_TEXT,
  type DocumentBlock,
  type DocumentInline,
  type DocumentMark,
  documentParagraphs,
  documentRefs,
  documentText,
  withLinksTo,
} from './knowledge-document.ts';
export type { Feedback } from './knowledge-feedback.ts';
export { KNOWLEDGE_CATEGORY_DEPTH, type KnowledgeCategory, type KnowledgeLibrary } from './knowledge-libraries.ts';
export {
  type KnowledgeExport,
  knowledgeExport,
  type MaintenanceRow,
  type UsageRow,
  type UsedItem,
  usedFilter,
} from './knowledge-reports.ts';
export {
  type KnowledgeFound,
  type KnowledgeHit,
  type MissingWord,
  type Parts,
  SEARCH_MAX,
  type Suggestion,
} from './knowledge-search.ts';
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
  MESSAGE_COUNT_LIMIT,
  type Message,
  type MessageDetail,
  type MessageFilter,
  messageFilter,
} from './messages.ts';
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
export { consolePath, NOTICE_COUNT_LIMIT, type Notice, notice } from './notices.ts';
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
export {
  EXCHANGE_FILES_PATH,
  type ExchangeMessage,
  exchangeBodies,
  exchangeMessage,
  type HandedOrder,
  type HandlersOpinion,
  SHARED_FILES_MAX,
  type SharedFile,
  sharedFile,
} from './order-exchange.ts';
export { orderFormTemplates } from './order-form-templates.ts';
export {
  checkFields,
  conditionValues,
  type FieldCondition,
  type FieldFault,
  type FieldValue,
  type FieldValues,
  type FormField,
  fieldKey,
  fieldValues,
  formFaults,
  formField,
  formFields,
  MOST_FIELDS,
  type OrderForm,
  type OrderFormDetail,
  type OrderFormSummary,
  orderForm,
  orderFormName,
  type ShownField,
  shownFields,
  type ValueFault,
} from './order-forms.ts';
export {
  type ArrivingFile,
  BOTTLENECK_DAYS,
  type Bottleneck,
  type DrawnNode,
  type NextNode,
  nextNode,
  type OpenTask,
  ORDER_COUNT_LIMIT,
  ORDER_TEXT_MAX,
  type OrderDetail,
  type OrderEvent,
  type OrderFilter,
  type OrderList,
  type OrderRequest,
  type OrderRow,
  type OrderTarget,
  type OrderTask,
  type OrderUrge,
  orderCounts,
  orderFilter,
  orderList,
  type Registration,
  registration,
  type SimilarOrder,
} from './orders.ts';
export {
  type OutboxMessage,
  outboxMessage,
  type Partner,
  partner,
  partnerAddress,
  partnerName,
  partnerSecret,
} from './partners.ts';
export { agentNumberDigits, login, type Person, person, personName, type Role, role } from './people.ts';
export { type DeskSettings, type Device, deskSettingsOf, device, deviceLabel, deviceName } from './phones.ts';
export {
  type AppealType,
  ATTACHMENTS_12345_PATH,
  type Attachment12345,
  appealType,
  attachment12345,
  type Order12345,
  order12345,
} from './platform-12345.ts';
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
export { PUBLIC_FILES_PATH } from './public-knowledge.ts';
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
export { SAVED_FILTERS_MAX, type SavedFilter } from './saved-filters.ts';
export { type SmsFilter, type SmsMessage, type SmsOptions, type SmsReceipt, smsFilter } from './sms.ts';
export { type SmsTemplate, smsTemplate, smsTemplateCode, smsTemplateName } from './sms-templates.ts';
export * from './sms-text.ts';
export * from './states/calls.ts';
export * from './states/exchange.ts';
export * from './states/knowledge.ts';
export * from './states/messages.ts';
export * from './states/orders.ts';
export * from './states/people.ts';
export {
  creditCode,
  type Taxpayer,
  type TaxpayerAnswer,
  type TaxpayerFacts,
  type TaxpayerRef,
  type TaxpayerSource,
  taxpayer,
  taxpayerAnswer,
  taxpayerCacheMinutes,
  taxpayerDeadline,
  taxpayerFacts,
  taxpayerKey,
  taxpayerRef,
  taxpayerSource,
  taxpayerUrl,
} from './taxpayers.ts';
export { type ThesaurusFacts, type ThesaurusTerm, thesaurusFacts } from './thesaurus.ts';
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
  WORKFLOW_FILE_MAX_BYTES,
  type WorkflowDetail,
  type WorkflowFinding,
  type WorkflowInForce,
  type WorkflowSummary,
  workflowDetail,
  workflowFinding,
  workflowInForce,
  workflowName,
  workflowSummary,
} from './workflows.ts';
