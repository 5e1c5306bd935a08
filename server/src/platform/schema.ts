/** The tables as kysely sees them; `migrations/` makes them. */
import type {
  AgentState,
  AuditAction,
  AuditSubject,
  BuiltInRole,
  ContactEventType,
  ContactState,
  DataScope,
  EndedBy,
  EndReason,
  LegOutcome,
  LegState,
  ListKind,
  NotReadyReason,
  OpenHours,
  Permission,
  PhoneKind,
  RecordingState,
  SpecialDay,
  UnitKind,
  WrapUpResult,
} from '@rexian/contracts';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Json = Record<string, unknown>;
/** A column that has a default. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface Database {
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
    number_id: string;
    active: Defaulted<boolean>;
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
  flows: { id: string; unit_id: string; name: string };
  flow_versions: { flow_id: string; version: number; graph: JSONColumnType<Json>; published_at: Defaulted<Date> };
  queues: {
    id: string;
    unit_id: string;
    name: string;
    music: Defaulted<string>;
    ring_seconds: Defaulted<number>;
    max_wait_seconds: Defaulted<number>;
    announce_every_seconds: Defaulted<number>;
    /** null: no limit; 0: no wrap-up, the agent is ready at once. */
    wrap_up_seconds: Defaulted<number | null>;
  };
  queue_members: { queue_id: string; person_id: string };
  categories: { id: string; unit_id: string; parent_id: string | null; name: string; position: Defaulted<number> };
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
    direction: Defaulted<'inbound'>;
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
    flow_variables: JSONColumnType<Json>;
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
  };
  contact_events: {
    sequence: Generated<number>;
    contact_id: string;
    unit_id: string;
    at: Date;
    type: ContactEventType;
    person_id: string | null;
    data: JSONColumnType<Json>;
  };
  contact_legs: {
    id: string;
    contact_id: string;
    number: number;
    unit_id: string;
    person_id: string;
    session_id: string;
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
  };
  recordings: {
    id: string;
    contact_id: string;
    leg_id: string;
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
    leg_id: string;
    verb: 'hold' | 'retrieve' | 'hang_up';
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
