/** Routes that other platforms call. */
import type { PartnerKind } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import type { Incoming } from '../work-orders/exchange/incoming.ts';
import { filesOf, kindOf, urgencyOf } from './adapters/platform-12345.ts';
import { type Inbound, knownPartner, takeMessage } from './inbound.ts';

const knownApi = (inbound: Inbound, kind: PartnerKind) =>
  viewerApi.use(async ({ context: { caller, raw }, next }) => {
    const known = await knownPartner(inbound, caller, raw, kind);
    return next({ context: { known } });
  });

export function orderExchangeRoutes(inbound: Inbound) {
  const api = knownApi(inbound, 'rexian').orderExchange;
  return {
    ping: api.ping.handler(({ context: { known } }) => ({ unit: known.unitName })),
    receive: api.receive.handler(async ({ input, context: { known } }) => {
      const { id, exchange, sequence, at: _, ...message } = input;
      return { reference: await takeMessage(inbound, known, { id, exchange, sequence }, message as Incoming) };
    }),
  };
}

export function platform12345Routes(inbound: Inbound) {
  const api = knownApi(inbound, 'platform_12345').use(({ context: { known }, next }) => {
    /** These platforms don't number their messages: each is taken as it comes. */
    const take = async ({ messageId, orderNo }: { messageId: string; orderNo: string }, message: Incoming) => ({
      receiverOrderNo: await takeMessage(inbound, known, { id: messageId, exchange: orderNo, sequence: null }, message),
    });
    return next({ context: { take } });
  }).platform12345;
  return {
    ping: api.ping.handler(({ context: { known } }) => ({ unit: known.unitName })),
    receive: api.receive.handler(({ input, context: { take } }) => {
      const { orderNo, callerName, callerPhone, anonymous, appealTitle, appealContent, appealArea } = input;
      return take(input, {
        kind: 'order',
        body: {
          ...{ number: orderNo, kind: kindOf[input.appealType], urgency: urgencyOf(input.urgency) },
          ...{ title: appealTitle, content: appealContent, category: '', callerNumber: callerPhone, callerName },
          ...{ anonymous, region: appealArea, taxNumber: '', taxName: '', occurredAt: input.callTime },
          ...{ dueAt: input.deadline, opinions: [], files: filesOf(input.attachments) },
        },
      });
    }),
    urge: api.urge.handler(({ input, context: { take } }) =>
      take(input, { kind: 'urge', body: { text: input.opinion.slice(0, 500) } }),
    ),
    withdraw: api.withdraw.handler(({ input, context: { take } }) =>
      take(input, { kind: 'withdrawn', body: { reason: input.reason } }),
    ),
    redo: api.redo.handler(({ input: { reason, deadline, attachments, ...about }, context: { take } }) =>
      take(about, { kind: 'redo', body: { reason, dueAt: deadline, files: filesOf(attachments) } }),
    ),
    extension: api.extension.handler(({ input: { approved, deadline, opinion, ...about }, context: { take } }) =>
      take(about, { kind: 'extension', body: { approved, until: deadline, note: opinion } }),
    ),
    satisfaction: api.satisfaction.handler(({ input: { satisfaction, opinion, ...about }, context: { take } }) =>
      take(about, { kind: 'satisfaction', body: { satisfaction, text: opinion } }),
    ),
    sign: api.sign.handler(({ input: { handleUnit, signer, ...about }, context: { take } }) =>
      take(about, { kind: 'signed', body: { unit: handleUnit, person: signer } }),
    ),
    feedback: api.feedback.handler(({ input, context: { take } }) => {
      const { handleUnit, handleResult, finishTime, attachments } = input;
      return take(input, {
        kind: 'result',
        body: {
          answer: handleResult,
          satisfaction: null,
          opinions: [{ unit: handleUnit, person: '', step: '', at: finishTime, outcome: '办结', text: '' }],
          files: filesOf(attachments),
        },
      });
    }),
    return: api.return.handler(({ input: { handleUnit, returnReason, ...about }, context: { take } }) =>
      take(about, { kind: 'returned', body: { unit: handleUnit, person: '', reason: returnReason } }),
    ),
    attachments: api.attachments.handler(({ input: { attachments, ...about }, context: { take } }) =>
      take(about, { kind: 'files', body: { files: filesOf(attachments) } }),
    ),
  };
}
