import type { Feedback } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import type { Store } from '../platform/store.ts';
import { answerFeedback, giveFeedback, listFeedback, openFeedback } from './feedback.ts';
import type { Reader } from './libraries.ts';

const about = ({ article }: Feedback) => ({
  subject: { kind: 'article' as const, id: article.id, name: article.title },
  unitId: article.unit.id,
});

export function knowledgeFeedbackRoutes({ store }: { store: Store }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: Reader = { db, all: store.system, caller };
    const changing = <T>(change: (reader: Reader) => Promise<T>): Promise<T> =>
      db.transaction().execute((trx) => change({ ...reader, db: trx }));
    return next({ context: { reader, changing } });
  }).knowledgeFeedback;
  return {
    give: api.give.handler(({ input, context: { changing, audit } }) =>
      changing(async (reader) => {
        const given = await giveFeedback(reader, input);
        const told = { feedbackKind: given.kind, text: given.text };
        await audit({ action: 'reported', ...about(given), after: told }, reader.db);
        return given;
      }),
    ),
    list: api.list.handler(({ input, context }) => listFeedback(context.reader, input)),
    count: api.count.handler(async ({ context }) => ({ open: await openFeedback(context.reader) })),
    answer: api.answer.handler(({ input, context: { changing, audit } }) =>
      changing(async (reader) => {
        const answered = await answerFeedback(reader, input);
        const told = { feedbackState: answered.state, answer: answered.answer };
        await audit({ action: 'answered', ...about(answered), after: told }, reader.db);
        return answered;
      }),
    ),
  };
}
