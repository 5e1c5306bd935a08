/** Where an agent works: the desk session and the phone that belongs to it. */
import type { PhoneKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Vault } from '../platform/vault.ts';
import { phoneName } from './phone-name.ts';

/** A desk session as far as its phone goes. */
export interface SeatRow {
  sessionId: string;
  personId: string;
  login: string;
  kind: PhoneKind;
  /** The page that owns the desk. */
  owner: string;
  /** PJSIP endpoint of an IP phone. */
  device: string | null;
  outside: Buffer | null;
  confirmKey: boolean;
  autoAnswer: boolean;
}

/** The columns of a SeatRow from `agent_sessions s join people p`. */
export const seatColumns =
  sql.raw(`s.id as "sessionId", s.person_id as "personId", p.login, s.phone_kind as kind, s.owner,
  (select d.name from devices d where d.id = s.device_id) as device, s.outside_sealed as outside, s.confirm_key as "confirmKey",
  s.auto_answer as "autoAnswer"`);

export type Phone =
  | { kind: 'browser' | 'sip'; endpoint: string }
  /** Called through the carrier, or the trunk it names; with `confirmKey` whoever answers has to press 1. */
  | { kind: 'outside'; number: string; confirmKey: boolean; trunk?: TrunkLine };

/** A trunk to another platform, with what the INVITE tells it. */
export interface TrunkLine {
  /** PJSIP endpoint. */
  endpoint: string;
  headers: Record<string, string>;
}

/** The phone of a desk session; null when its device is gone. */
export function phoneOf(seat: SeatRow, vault: Vault): Phone | null {
  switch (seat.kind) {
    case 'browser':
      return { kind: 'browser', endpoint: phoneName(seat.login, seat.owner) };
    case 'sip':
      return seat.device ? { kind: 'sip', endpoint: seat.device } : null;
    case 'outside':
      return seat.outside
        ? { kind: 'outside', number: vault.open('number', seat.outside), confirmKey: seat.confirmKey }
        : null;
  }
}
