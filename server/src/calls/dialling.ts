/** Opens outbound calls: an agent's click, or a call-back whose turn it is. */
import { sql } from 'kysely';
import { z } from 'zod';
import { phoneOf } from '../agents/seat.ts';
import { openNumber } from '../contacts/caller-number.ts';
import { newId } from '../platform/ids.ts';
import type { Offer } from '../queues/reserve.ts';
import type { Command } from './commands.ts';
import type { CallEngine } from './context.ts';
import { noFlow } from './graphs.ts';
import { outboundChannel } from './outbound.ts';
import { PartRefused, reserveAgentIn } from './parts.ts';
import { persist } from './persist.ts';
import type { CallStart } from './start.ts';

const AGENT_RING_SECONDS = 20;

/** What the desk asks for; the number is sealed (base64). */
export const dialArgs = z.object({
  sealed: z.string(),
  shownNumberId: z.string(),
  lostCallId: z.string().nullable(),
  previousId: z.string().nullable(),
});

/** The contact and the agent's part of a call that somebody dials. Throws PartRefused when the agent can't now. */
export async function openOutbound({ db, vault, ari, log }: CallEngine, command: Command): Promise<CallStart> {
  const args = dialArgs.parse(command.args);
  const number = vault.open('number', Buffer.from(args.sealed, 'base64'));
  const contactId = newId();
  const at = new Date();
  const channelId = outboundChannel(contactId);
  const { personId } = command;
  return persist(log, () =>
    db.transaction().execute(async (trx) => {
      const opened = await sql<{ unit_id: string }>`
        insert into contacts (id, unit_id, source, external_id, channel_id, direction, origin, state, state_since, caller_sealed,
          caller_index, caller_tail, called_number, called_name, arrived_at, agent_id, shown_number_id, lost_call_id, previous_id)
        select ${contactId}, p.unit_id, 'desk', ${`${ari.app}:${channelId}`}, ${channelId}, 'outbound', 'outbound', 'dialling', ${at},
          ${vault.seal('number', number)}, ${vault.index('number', number)}, ${vault.tail('number', number)}, n.number, n.name, ${at},
          p.id, n.id, ${args.lostCallId}, ${args.previousId}
        from people p, service_numbers n where p.id = ${personId} and n.id = ${args.shownNumberId}
        returning unit_id`.execute(trx);
      const unitId = opened.rows[0]?.unit_id;
      if (!unitId) throw new PartRefused('显示号码不存在');
      const part = await reserveAgentIn(trx, vault, {
        contactId,
        personId,
        role: 'lead',
        invitedBy: null,
        at,
        from: ['ready', 'not_ready'],
        to: 'dialling',
        own: true,
        events: () => [{ type: 'arrived', at, personId, data: { source: 'desk' } }],
      });
      return {
        contactId,
        direction: 'outbound' as const,
        unitId,
        channelId,
        callerNumber: number,
        graph: noFlow,
        refusal: null,
        outbound: { agent: { ...part, recorded: true, ringSeconds: AGENT_RING_SECONDS }, callback: false },
      };
    }),
  );
}

/** The call of a call-back for which an agent was reserved; null when it isn't one, or is over. */
export async function callbackStart({ db, vault, ari }: CallEngine, offer: Offer): Promise<CallStart | null> {
  const { contactId } = offer;
  const channelId = outboundChannel(contactId);
  const contact = await db
    .updateTable('contacts')
    .set({ channel_id: channelId })
    .where('id', '=', contactId)
    .where('direction', '=', 'outbound')
    .where('state', '=', 'ringing')
    .returning(['unit_id', 'caller_sealed'])
    .executeTakeFirst();
  const phone = phoneOf(offer.seat, vault);
  if (!contact?.caller_sealed || !phone) return null;
  // An attempt that died with its process must not be taken for this one.
  await ari.attempt('channels.hangup', { channelId });
  const { legId, channelId: agentChannel, sessionId, personId, recorded, ringSeconds, autoAnswer } = offer;
  const leg = { legId, contactId, role: 'lead' as const, channelId: agentChannel, sessionId, personId, outside: null };
  return {
    contactId,
    direction: 'outbound',
    unitId: contact.unit_id,
    channelId,
    callerNumber: openNumber(vault, contact.caller_sealed),
    graph: noFlow,
    refusal: null,
    outbound: { agent: { ...leg, phone, autoAnswer, recorded, ringSeconds }, callback: true },
  };
}
