/** The tables as kysely sees them; `migrations/` makes them. */
import type {
  AcceptsFrom,
  AgentState,
  AuditAction,
  AuditSubject,
  BuiltInRole,
  ContactDirection,
  ContactEventType,
  ContactOrigin,
  ContactState,
  DataScope,
  EndedBy,
  EndReason,
  ExportState,
  FormField,
  LegOutcome,
  LegRole,
  LegState,
  ListKind,
  LostCallState,
  MusicClass,
  NextState,
  NoticeKind,
  NotReadyReason,
  OpenHours,
  OverflowStep,
  Permission,
  PhoneKind,
  RecordingState,
  RuleConditions,
  RuleEffects,
  SmsState,
  SpecialDay,
  SuperviseMode,
  TaxpayerAdapter,
  TrunkKind,
  UnitKind,
  VoicemailScene,
  WorkOrderKind,
  WorkOrderUrgency,
  WrapUpResult,
} from '@rexian/contracts';
import type { Frame } from '@rexian/flows/interpreter.ts';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { AnswerTables } from './schema-answers.ts';
import type { KnowledgeTables } from './schema-knowledge.ts';
import type { KnowledgeUseTables } from './schema-knowledge-uses.ts';
import type { OrderTables } from './schema-orders.ts';
import type { PartnerTables } from './schema-partners.ts';

type Json = Record<string, unknown>;
/** A column that has a default. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

/** A page that has a document open. */
interface OpenEditor {
  client: string;
  person_id: string;
  since: Defaulted<Date>;
  seen_at: Defaulted<Date>;
}

/** What happened in a flow in the same way on one day. */
interface FlowPassages {
  unit_id: string;
  flow_id: string;
  version: number;
  /** In Beijing. */
  day: string;
  type: ContactEventType;
  node: string;
  from_node: string | null;
  exit: string | null;
  title: string | null;
  node_type: string | null;
  times: number;
  stays: number;
  ms: number;
  calls: number;
  version_calls: number;
}

export interface Database extends AnswerTables, KnowledgeTables, KnowledgeUseTables, OrderTables, PartnerTables {
  units: {
    id: string;
    path: string;
    name: string;
    kind: UnitKind;
    active: Defaulted<boolean>;
    created_at: Defaulted<Date>;
  };
  unit_tree: { id: boolean; version: number };
  people: {
    id: string;
    number: Generated<number>;
    unit_id: string;
    login: string;
    name: string;
    agent_number: string | null;
    active: Defaulted<boolean>;
    scope: Defaulted<DataScope>;
    /** Units seen with all below, beside the scope. */
    entitled: Defaulted<string[]>;
    created_at: Defaulted<Date>;
  };
  roles: { id: string; unit_id: string | null; code: BuiltInRole | null; name: string; permissions: Permission[] };
  person_roles: { person_id: string; role_id: string };
  credentials: {
    person_id: string;
    password_hash: string;
    changed_at: Defaulted<Date>;
    must_change: Defaulted<boolean>;
    totp_sealed: Buffer | null;
    /** null: begun, not confirmed yet. */
    totp_confirmed_at: Date | null;
    /** The time step of the last code that was taken: no code works twice. */
    totp_last_step: Defaulted<number>;
    last_sign_in_at: Date | null;
  };
  old_passwords: { person_id: string; at: Defaulted<Date>; password_hash: string };
  recovery_codes: { person_id: string; code_hash: Buffer; used_at: Date | null };
  identities: { issuer: string; subject: string; person_id: string; linked_at: Defaulted<Date> };
  sign_in_failures: {
    kind: 'account' | 'address';
    key: string;
    failures: number;
    last_at: Date;
    locked_until: Date | null;
  };
  sign_in_tickets: {
    token_hash: Buffer;
    person_id: string;
    method: 'password' | 'oidc';
    expires_at: Date;
    failures: Defaulted<number>;
  };
  web_sessions: {
    id: string;
    token_hash: Buffer;
    person_id: string;
    created_at: Defaulted<Date>;
    last_seen_at: Defaulted<Date>;
    expires_at: Date;
    address: string;
    user_agent: string;
    ended_at: Date | null;
    chosen_unit_id: string | null;
    method: Defaulted<'password' | 'oidc'>;
  };
  settings: { name: string; value: JSONColumnType<Json>; changed_at: Defaulted<Date>; changed_by: string | null };
  service_numbers: {
    id: Generated<string>;
    number: string;
    unit_id: string;
    name: string;
    flow_id: string;
    active: Defaulted<boolean>;
  };
  access_codes: {
    id: string;
    unit_id: string;
    code: string;
    name: string;
    /** null: the centre is at another platform. */
    number_id: string | null;
    active: Defaulted<boolean>;
    accepts: Defaulted<AcceptsFrom[]>;
    trunk_id: string | null;
    remote_number: string | null;
    /** Whoever is sent here goes straight into this queue. */
    queue_id: string | null;
  };
  list_entries: {
    id: string;
    unit_id: string;
    kind: ListKind;
    number_sealed: Buffer;
    number_index: Buffer;
    number_tail: Buffer | null;
    reason: string;
    expires_at: Date | null;
    created_at: Defaulted<Date>;
    created_by: string;
  };
  calendars: {
    id: string;
    unit_id: string;
    name: string;
    /** Monday first. */
    week: ColumnType<OpenHours[], string, string>;
    holidays: boolean;
    special_days: ColumnType<SpecialDay[], string, string>;
  };
  prompts: {
    id: string;
    unit_id: string;
    name: string;
    text: string;
    /** In storage; null: the text is spoken. */
    recording_key: string | null;
    recording_ms: number | null;
    revision: Defaulted<number>;
    changed_at: Defaulted<Date>;
    changed_by: string;
  };
  customers: {
    id: string;
    unit_id: string;
    number_sealed: Buffer;
    number_index: Buffer;
    number_tail: Buffer | null;
    name_sealed: Buffer | null;
    name_index: Buffer | null;
    id_number_sealed: Buffer | null;
    id_number_index: Buffer | null;
    id_number_tail: Buffer | null;
    tax_number_sealed: Buffer | null;
    tax_number_index: Buffer | null;
    tax_number_tail: Buffer | null;
    company: Defaulted<string>;
    changed_at: Defaulted<Date>;
    changed_by: string | null;
  };
  /** Contacts a unit and day; kept by a trigger on contacts. */
  contact_days: { unit_id: string; day: string; contacts: number };
  api_keys: {
    id: string;
    unit_id: string;
    name: string;
    permissions: Permission[];
    networks: Defaulted<string[]>;
    rate_per_minute: number;
    created_at: Defaulted<Date>;
    created_by: string;
    revoked_at: Date | null;
  };
  api_key_secrets: {
    id: string;
    key_id: string;
    secret_hash: Buffer;
    hint: string;
    created_at: Defaulted<Date>;
    expires_at: Date | null;
    last_used_at: Date | null;
    last_used_address: string | null;
  };
  /** Requests of a key in the last minute that it was used in. */
  api_key_uses: { key_id: string; minute: number; requests: number };
  flows: {
    id: string;
    unit_id: string;
    name: string;
    /** null: callers hear all there is. */
    draft: ColumnType<Json | null, string | null | undefined, string | null>;
    /** Counts saves, also over drafts that were published or thrown away. */
    draft_revision: Defaulted<number>;
    draft_at: Date | null;
    draft_by: string | null;
    removed_at: Date | null;
  };
  flow_versions: {
    flow_id: string;
    /** Below nought: what a test call runs. */
    version: number;
    graph: JSONColumnType<Json>;
    published_at: Defaulted<Date>;
    published_by: Defaulted<string>;
    note: Defaulted<string>;
    restored_from: number | null;
  };
  flow_tests: {
    code_hash: Buffer;
    flow_id: string;
    version: number;
    person_id: string;
    contact_id: string;
    expires_at: Date;
    external_id: string | null;
  };
  /** What happened in flows a day, added up from `flow_passages` (flow-runs/days.ts). */
  flow_days: FlowPassages;
  /** The same of single events, not added up yet; written by a trigger on contact_events. */
  flow_passages: FlowPassages;
  flow_editors: OpenEditor & { flow_id: string };
  workflows: {
    id: string;
    unit_id: string;
    kind: WorkOrderKind;
    name: string;
    /** It holds for orders of `workflow_categories` alone. */
    by_category: Defaulted<boolean>;
    /** BPMN 2.0 XML; null: what is published is all there is. */
    draft: string | null;
    /** Counts saves, also over drafts that were published or thrown away. */
    draft_revision: Defaulted<number>;
    draft_at: Date | null;
    draft_by: string | null;
    removed_at: Date | null;
  };
  workflow_versions: {
    workflow_id: string;
    version: number;
    drawing: string;
    published_at: Defaulted<Date>;
    published_by: string;
    note: Defaulted<string>;
    restored_from: number | null;
  };
  /** Categories whose orders a workflow is for; a workflow that was removed has none. */
  workflow_categories: { unit_id: string; kind: WorkOrderKind; category_id: string; workflow_id: string };
  workflow_editors: OpenEditor & { workflow_id: string };
  order_forms: {
    id: string;
    unit_id: string;
    /** null: for all kinds that have no form of their own. */
    kind: WorkOrderKind | null;
    removed_at: Date | null;
  };
  order_form_versions: {
    form_id: string;
    version: number;
    fields: ColumnType<FormField[], string, string>;
    published_at: Defaulted<Date>;
    published_by: string;
  };
  files: {
    id: string;
    /** Of whoever uploaded it. */
    unit_id: string;
    /** What it is attached to: an order, an article, or nothing yet. */
    order_id: string | null;
    article_id: string | null;
    name: string;
    media_type: string;
    bytes: number;
    sha256: Buffer;
    storage_key: string;
    /** null: it came from a platform. */
    uploaded_by: string | null;
    partner_id: string | null;
    uploaded_at: Defaulted<Date>;
    removed_at: Date | null;
  };
  queues: {
    id: string;
    unit_id: string;
    name: string;
    music: Defaulted<MusicClass>;
    ring_seconds: Defaulted<number>;
    max_wait_seconds: Defaulted<number>;
    announce_every_seconds: Defaulted<number>;
    /** null: no limit; 0: no wrap-up, the agent is ready at once. */
    wrap_up_seconds: Defaulted<number | null>;
    active: Defaulted<boolean>;
    /** Who comes when so many wait already is sent on; null: no limit. */
    max_waiting: number | null;
    /** See queues/overflow.ts. */
    overflow: ColumnType<OverflowStep[], string | undefined, string>;
    /** Callers are first offered to whom they talked to within so many days; 0: off. */
    last_agent_days: Defaulted<number>;
    last_agent_seconds: Defaulted<number>;
    announce_position: Defaulted<boolean>;
    announce_wait: Defaulted<boolean>;
    announce_agent: Defaulted<boolean>;
    /** Callers are offered a call-back after so long; null: never. */
    callback_after_seconds: number | null;
    auto_answer: Defaulted<boolean>;
    /** The wrap-up goes on until a result is saved. */
    wrap_up_mandatory: Defaulted<boolean>;
    /** After the wrap-up the agent is ready by itself; else not ready (after_call). */
    auto_ready: Defaulted<boolean>;
    recorded: Defaulted<boolean>;
    alarm_wait_seconds: Defaulted<number>;
    alarm_talk_seconds: Defaulted<number>;
  };
  /** `weight` 1…100: the higher, the sooner this agent gets this queue's calls. */
  queue_members: { queue_id: string; person_id: string; weight: Defaulted<number> };
  routing_rules: {
    id: string;
    unit_id: string;
    name: string;
    position: number;
    active: Defaulted<boolean>;
    conditions: JSONColumnType<RuleConditions>;
    effects: JSONColumnType<RuleEffects>;
  };
  phone_regions: { prefix: string; region: string };
  devices: {
    id: string;
    unit_id: string;
    /** PJSIP endpoint and digest user. */
    name: string;
    label: string;
    password_sealed: Buffer;
    /** Whose phone it is; null: anyone's of the unit. */
    person_id: string | null;
    registered: Defaulted<boolean>;
    changed_at: Defaulted<Date>;
    created_at: Defaulted<Date>;
  };
  desk_settings: {
    unit_id: string;
    reasons: ColumnType<Json[], string | undefined, string>;
    outbound_wrap_up_seconds: Defaulted<number>;
  };
  trunks: {
    id: string;
    unit_id: string;
    code: string;
    name: string;
    kind: TrunkKind;
    host: string;
    port: number;
    username: string | null;
    password_sealed: Buffer | null;
    active: Defaulted<boolean>;
    reachable: boolean | null;
    reachable_since: Date | null;
    round_trip_ms: number | null;
  };
  lost_calls: {
    id: string;
    unit_id: string;
    /** Beijing day of the loss, `2026-11-22`. */
    day: string;
    /** null: withheld; the row counts them all, and nobody can call them back. */
    caller_sealed: Buffer | null;
    caller_index: Buffer | null;
    caller_tail: Buffer | null;
    key_id: number;
    first_at: Date;
    last_at: Date;
    calls: Defaulted<number>;
    contact_id: string;
    end_reason: EndReason;
    queue_id: string | null;
    state: Defaulted<LostCallState>;
    assigned_to: string | null;
    assigned_at: Date | null;
    attempts: Defaulted<number>;
    first_attempt_at: Date | null;
    last_attempt_at: Date | null;
    closed_at: Date | null;
    closed_by: string | null;
    remark: Defaulted<string>;
  };
  work_order_days: { day: string; last: number };
  sms_messages: {
    id: string;
    unit_id: string;
    /** What it was sent about: a call, a work order, or both. */
    contact_id: string | null;
    order_id: string | null;
    /** Of the flow that sent it; null: a workflow or somebody did. */
    node: string | null;
    /** null: written by hand. */
    template_code: string | null;
    template_name: string | null;
    sent_by: string | null;
    /** Whoever asks for the same message again gives the same; null: a flow, see the unique index on contact, node and text. */
    dedup_key: string | null;
    /** Its name at the gateway: the same in every attempt, another one after the gateway has refused it. */
    sending_id: string;
    number_sealed: Buffer;
    number_index: Buffer;
    number_tail: Buffer | null;
    text_sealed: Buffer;
    text_index: Buffer;
    state: Defaulted<SmsState>;
    attempts: Defaulted<number>;
    /** When it is tried, or, while it is being tried, when it would be tried again. */
    next_at: Date;
    /** The gateway that took it, and its name for it there. */
    gateway_id: string | null;
    reference: string | null;
    error: string | null;
    queued_at: Date;
    /** Not tried again after this. */
    expires_at: Date;
    /** When it left the outbox, one way or the other. */
    done_at: Date | null;
    /** When the gateway reported what became of it. */
    reported_at: Date | null;
  };
  exports: {
    id: string;
    person_id: string;
    name: string;
    state: Defaulted<ExportState>;
    request_sealed: Buffer;
    /** What whoever asked might see then: scope and permissions. */
    scope: JSONColumnType<Json, string, never>;
    total: number | null;
    done: Defaulted<number>;
    created_at: Defaulted<Date>;
    finished_at: Date | null;
    storage_key: string | null;
    bytes: string | null;
    /** What a download is put on record as. */
    about: Defaulted<'work_order' | 'article'>;
    error: Defaulted<string>;
  };
  sms_templates: {
    id: string;
    unit_id: string;
    code: string;
    name: string;
    text: string;
    enabled: Defaulted<boolean>;
    revision: Defaulted<number>;
    changed_at: Defaulted<Date>;
    changed_by: string;
  };
  notices: {
    id: string;
    person_id: string;
    at: Date;
    kind: NoticeKind;
    title: string;
    order_id: string | null;
    /** Page of the console. */
    link: string | null;
    read_at: Date | null;
  };
  desk_messages: {
    id: string;
    unit_id: string;
    from_person: string;
    to_person: string;
    text: string;
    sent_at: Defaulted<Date>;
    read_at: Date | null;
  };
  leaders: { name: string; holder: string; pid: number; since: Date; beat_at: Date };
  categories: {
    id: string;
    unit_id: string;
    /** Of the unit or of one above. */
    parent_id: string | null;
    name: string;
    position: Defaulted<number>;
    code: Defaulted<string | null>;
    order_kind: Defaulted<WorkOrderKind | null>;
    urgency: Defaulted<WorkOrderUrgency | null>;
    active: Defaulted<boolean>;
  };
  /** Whom a unit and those below it ask about taxpayers. */
  taxpayer_sources: {
    unit_id: string;
    /** Another one with each change: what was answered before counts no more. */
    version: string;
    enabled: boolean;
    adapter: TaxpayerAdapter;
    url: string;
    key_sealed: Buffer | null;
    deadline_ms: number;
    cache_minutes: number;
  };
  /** What was answered about taxpayers, for the time it may be shown again or revealed. */
  taxpayer_answers: {
    id: string;
    unit_id: string;
    source_version: string;
    asked_sealed: Buffer;
    asked_index: Buffer;
    answer_sealed: Buffer;
    asked_at: Date;
    /** Until when it is shown instead of asking again. */
    fresh_until: Date;
    /** When it is forgotten. */
    kept_until: Date;
  };
  agent_sessions: {
    id: string;
    /** The page that owns the desk; a newer log-in replaces it. The contract calls it sessionId. */
    owner: string;
    person_id: string;
    unit_id: string;
    phone_kind: PhoneKind;
    phone_registered: Defaulted<boolean>;
    phone_changed_at: Defaulted<Date>;
    state: AgentState;
    reason: NotReadyReason | null;
    state_since: Date;
    idle_since: Date;
    leg_id: string | null;
    /** When this session's wrap-up ends by itself; null: never. */
    wrap_up_until: Date | null;
    signed_in_at: Date;
    signed_out_at: Date | null;
    /** What comes after the call at hand; null: what the queue says. */
    next_state: NextState | null;
    next_reason: NotReadyReason | null;
    /** The leader who decided it; null: the agent's own choice. */
    next_forced_by: string | null;
    auto_answer: Defaulted<boolean>;
    allotted_until: Date | null;
    device_id: string | null;
    outside_sealed: Buffer | null;
    confirm_key: Defaulted<boolean>;
    page_seen_at: Date | null;
  };
  agent_events: {
    id: Generated<string>;
    at: Date;
    person_id: string;
    session_id: string;
    unit_id: string;
    from_state: AgentState | null;
    /** null: signed out. */
    to_state: AgentState | null;
    reason: NotReadyReason | null;
    /** Time spent in from_state. */
    from_ms: number;
  };
  contacts: {
    id: string;
    unit_id: string;
    channel: Defaulted<'voice'>;
    direction: Defaulted<ContactDirection>;
    source: string;
    external_id: string;
    channel_id: string;
    state: ContactState;
    state_since: Date;
    /** null: withheld. */
    caller_sealed: Buffer | null;
    caller_index: Buffer | null;
    caller_tail: Buffer | null;
    called_number: string;
    called_name: string;
    flow_id: string | null;
    flow_version: number | null;
    flow_node: string | null;
    /** `{}`, or `{sealed}`: base64 of what flows know of a caller (calls/flow-state.ts). */
    flow_variables: JSONColumnType<Json>;
    /** Sub-flows that the caller is in, the innermost last. */
    flow_stack: ColumnType<Frame[], string | undefined, string>;
    queue_id: string | null;
    priority: Defaulted<number>;
    agent_id: string | null;
    arrived_at: Date;
    answered_at: Date | null;
    queued_at: Date | null;
    connected_at: Date | null;
    ended_at: Date | null;
    end_reason: EndReason | null;
    ended_by: EndedBy | null;
    flow_ms: Defaulted<number>;
    waiting_ms: Defaulted<number>;
    ringing_ms: Defaulted<number>;
    talking_ms: Defaulted<number>;
    hold_ms: Defaulted<number>;
    wrap_up_ms: Defaulted<number>;
    result: WrapUpResult | null;
    category_id: string | null;
    recorded: Defaulted<boolean>;
    origin: Defaulted<ContactOrigin>;
    /** The first contact of a call that went on at other centres. */
    chain_id: string | null;
    previous_id: string | null;
    from_unit_id: string | null;
    from_unit_name: Defaulted<string>;
    sent_by: string | null;
    sent_by_name: Defaulted<string>;
    note: Defaulted<string>;
    remote_reference: string | null;
    /** The contact at another platform that the caller went on in from here. */
    remote_next: string | null;
    queue_entered_at: Date | null;
    /** Only these agents until `wanted_until`; afterwards everyone, but them first. */
    wanted_persons: string[] | null;
    wanted_until: Date | null;
    placement: ColumnType<Json, string | undefined, string>;
    shown_number_id: string | null;
    lost_call_id: string | null;
    satisfaction: number | null;
    satisfaction_reason: string | null;
    satisfaction_pushed: Defaulted<boolean>;
  };
  contact_events: {
    sequence: Generated<number>;
    contact_id: string;
    unit_id: string;
    at: Date;
    type: ContactEventType;
    person_id: string | null;
    /** Of `data`. */
    flow_id: string | null;
    data: JSONColumnType<Json>;
  };
  contact_legs: {
    id: string;
    contact_id: string;
    number: number;
    unit_id: string;
    /** null, both: somebody at an outside number. */
    person_id: string | null;
    session_id: string | null;
    queue_id: string | null;
    channel_id: string;
    state: LegState;
    outcome: LegOutcome | null;
    offered_at: Date;
    ringing_at: Date | null;
    connected_at: Date | null;
    ended_at: Date | null;
    held_since: Date | null;
    hold_ms: Defaulted<number>;
    wrap_up_ended_at: Date | null;
    wrap_up_ms: Defaulted<number>;
    result: WrapUpResult | null;
    category_id: string | null;
    remark: Defaulted<string>;
    role: Defaulted<LegRole>;
    party_sealed: Buffer | null;
    party_name: Defaulted<string>;
    /** Another platform, called through this access code. */
    access_code_id: string | null;
    invited_by: string | null;
    muted: Defaulted<boolean>;
    mode: SuperviseMode | null;
    watches: string | null;
  };
  recordings: {
    id: string;
    contact_id: string;
    /** null: no agent had a part (a voicemail). */
    leg_id: string | null;
    kind: Defaulted<'talk' | 'voicemail'>;
    /** Of a voicemail; null: of a talk, or of one from before scenes were kept. */
    scene: VoicemailScene | null;
    node: string | null;
    unit_id: string;
    state: RecordingState;
    started_at: Date;
    source_path: string;
    storage_key: string | null;
    duration_ms: number | null;
    bytes: number | null;
  };
  commands: {
    id: string;
    leg_id: string | null;
    session_id: string | null;
    verb: string;
    args: ColumnType<Json, string | undefined, string>;
    result: ColumnType<Json | null, string | null | undefined, string | null>;
    requested_by: string;
    requested_at: Defaulted<Date>;
    finished_at: Date | null;
    refusal: string | null;
  };
  /** Append-only; the database sets id, time and hashes. */
  audit_log: {
    id: ColumnType<number, never, never>;
    at: ColumnType<Date, never, never>;
    actor_kind: 'person' | 'key' | 'system' | null;
    actor_id: string | null;
    actor_login: string | null;
    actor_name: string | null;
    address: string;
    action: AuditAction;
    subject_kind: AuditSubject;
    subject_id: string | null;
    subject_name: string;
    unit_id: string | null;
    before: ColumnType<Json | null, string | null, never>;
    after: ColumnType<Json | null, string | null, never>;
    previous_hash: ColumnType<Buffer, never, never>;
    hash: ColumnType<Buffer, never, never>;
  };
}
