/** The tables as kysely sees them; `migrations/` makes them. */
import type {
  AgentState,
  ContactEventType,
  ContactState,
  EndedBy,
  EndReason,
  LegOutcome,
  LegState,
  NotReadyReason,
  PhoneKind,
  RecordingState,
  Role,
  WrapUpResult,
} from '@rexian/contracts';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Json = Record<string, unknown>;
/** A column that has a default. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface Database {
  units: { id: string; path: string; name: string; kind: 'centre' | 'department' };
  people: {
    id: string;
    unit_path: string;
    login: string;
    name: string;
    agent_number: string | null;
    password_hash: string;
    roles: Role[];
    active: Defaulted<boolean>;
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
  };
  service_numbers: { number: string; unit_path: string; name: string; flow_id: string };
  flows: { id: string; unit_path: string; name: string };
  flow_versions: { flow_id: string; version: number; graph: JSONColumnType<Json>; published_at: Defaulted<Date> };
  queues: {
    id: string;
    unit_path: string;
    name: string;
    music: Defaulted<string>;
    ring_seconds: Defaulted<number>;
    max_wait_seconds: Defaulted<number>;
    announce_every_seconds: Defaulted<number>;
    /** null: no limit; 0: no wrap-up, the agent is ready at once. */
    wrap_up_seconds: Defaulted<number | null>;
  };
  queue_members: { queue_id: string; person_id: string };
  categories: { id: string; unit_path: string; parent_id: string | null; name: string; position: Defaulted<number> };
  agent_sessions: {
    id: string;
    /** The page that owns the desk; a newer log-in replaces it. The contract calls it sessionId. */
    owner: string;
    person_id: string;
    unit_path: string;
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
    unit_path: string;
    from_state: AgentState | null;
    /** null: signed out. */
    to_state: AgentState | null;
    reason: NotReadyReason | null;
    /** Time spent in from_state. */
    from_ms: number;
  };
  contacts: {
    id: string;
    unit_path: string;
    channel: Defaulted<'voice'>;
    direction: Defaulted<'inbound'>;
    source: string;
    external_id: string;
    channel_id: string;
    state: ContactState;
    state_since: Date;
    caller_number: string;
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
    unit_path: string;
    at: Date;
    type: ContactEventType;
    person_id: string | null;
    data: JSONColumnType<Json>;
  };
  contact_legs: {
    id: string;
    contact_id: string;
    number: number;
    unit_path: string;
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
    unit_path: string;
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
  audit_log: {
    id: Generated<string>;
    at: Defaulted<Date>;
    person_id: string | null;
    action: string;
    subject: string;
    unit_path: string | null;
    address: string;
    data: JSONColumnType<Json>;
  };
}
