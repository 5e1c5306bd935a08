/** Tables of orders that are exchanged with other platforms, as migrations/0016_partners.ts makes them. */
import type { ArrivalState, ExchangeMessageKind, ExchangeState, OutboxState, PartnerKind } from '@rexian/contracts';
import type { ColumnType, JSONColumnType } from 'kysely';

type Json = Record<string, unknown>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface PartnerTables {
  partners: {
    id: string;
    unit_id: string;
    name: string;
    kind: PartnerKind;
    address: string;
    api_key_id: string;
    secret_sealed: Buffer;
    old_secret_sealed: Buffer | null;
    old_secret_until: Date | null;
    their_key_sealed: Buffer | null;
    their_secret_sealed: Buffer | null;
    deadline_seconds: number;
    enabled: Defaulted<boolean>;
    created_at: Defaulted<Date>;
  };
  partner_orders: {
    id: string;
    order_id: string;
    partner_id: string;
    direction: 'in' | 'out';
    exchange: string;
    reference: Defaulted<string>;
    state: Defaulted<ExchangeState>;
    sent: Defaulted<number>;
    received: Defaulted<number>;
    due_at: Date | null;
    wait_node: string | null;
    created_at: Defaulted<Date>;
  };
  partner_outbox: {
    id: string;
    partner_id: string;
    link_id: string;
    order_id: string;
    sequence: number;
    kind: ExchangeMessageKind;
    payload_sealed: Buffer;
    state: Defaulted<OutboxState>;
    queued_at: Date;
    attempts: Defaulted<number>;
    next_at: Date;
    done_at: Date | null;
    error: string | null;
  };
  partner_offers: {
    link_id: string;
    file_id: string;
  };
  partner_files: {
    id: string;
    partner_id: string;
    link_id: string;
    order_id: string;
    their_id: string;
    name: string;
    bytes: number;
    sha256: Buffer;
    state: Defaulted<ArrivalState>;
    asked_at: Date;
    attempts: Defaulted<number>;
    /** null: not waiting. */
    next_at: Date | null;
    error: string | null;
    file_id: string | null;
  };
  partner_inbox: {
    partner_id: string;
    message_id: string;
    body_hash: Buffer;
    at: Date;
    answer: JSONColumnType<Json, string | null, string> | null;
  };
}
