/** What to send to the routes of the exchange with other platforms: see routes.ts. */
import type { contract } from '@rexian/contracts';
import { newId } from '../platform/ids.ts';
import type { WorldCentre } from '../testing/world.ts';
import type { Steps } from './steps.ts';

const facts = { name: '省12345', address: 'https://12345.example/api', deadlineSeconds: 10, enabled: true };
const about = (of: WorldCentre) => ({ messageId: newId(), orderNo: of.mark });
/** People have no business there: it is for keys, and what they sign. */
const inbound = <More extends object>(more: More) => ({
  input: (of: WorldCentre) => ({ ...about(of), ...more }),
  foreign: 'no_ids' as const,
  refusals: ['FORBIDDEN' as const],
});

export const partnerRoutes: Pick<Steps<typeof contract>, 'partners' | 'orderExchange' | 'platform12345'> = {
  partners: {
    list: { input: () => undefined, foreign: 'no_ids' },
    create: { input: (of) => ({ ...facts, kind: 'platform_12345', unitId: of.unit.id }), foreign: 'not_found' },
    change: { input: (of) => ({ ...facts, id: of.partner, name: '改' }), foreign: 'not_found' },
    rotate: { input: (of) => ({ id: of.partner, overlapHours: 1 }), foreign: 'not_found' },
    // Orders have been exchanged with it.
    remove: { input: (of) => ({ id: of.partner }), foreign: 'not_found', refusals: ['IN_USE'] },
    // Its key isn't known.
    test: { input: (of) => ({ id: of.partner }), foreign: 'not_found', refusals: ['REFUSED'] },
    fetchFiles: { input: (of) => ({ id: of.partner }), foreign: 'not_found' },
    messages: { input: (of) => ({ partnerId: of.partner }), foreign: 'nothing' },
    resend: { input: (of) => ({ id: of.partnerMessage }), foreign: 'not_found' },
  },
  orderExchange: {
    ping: { ...inbound({}), input: () => ({}) },
    receive: {
      ...inbound({}),
      input: (of) => ({
        ...{ id: newId(), exchange: of.mark, sequence: 2, at: new Date() },
        ...{ kind: 'urge', body: { text: '请尽快办理' } },
      }),
    },
  },
  platform12345: {
    ping: { ...inbound({}), input: () => ({}) },
    receive: inbound({ callTime: new Date(), appealType: '咨询', appealContent: '如何办理' }),
    urge: inbound({ opinion: '请尽快办理' }),
    withdraw: inbound({ reason: '重复' }),
    redo: inbound({ reason: '不满意' }),
    extension: inbound({ approved: true }),
    satisfaction: inbound({ satisfaction: 'satisfied' }),
    sign: inbound({}),
    feedback: inbound({ handleResult: '已办', finishTime: new Date() }),
    return: inbound({ returnReason: '非职责' }),
    attachments: inbound({
      attachments: [{ attachmentId: '1', fileName: '回执.pdf', fileSize: 10, sha256: '0'.repeat(64) }],
    }),
  },
};
