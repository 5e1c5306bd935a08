import type { Taxpayer, TaxpayerAnswer } from '@rexian/contracts';
import type { LedgerReader } from '../contacts/scope.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { maskId, maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import { type OrderRouteOptions, readerApi } from '../work-orders/order-routes.ts';
import { revealedOrder } from '../work-orders/reading/detail.ts';
import type { ActingReader } from '../work-orders/reading/rows.ts';
import { freshAnswer, type KeptAnswer, keepAnswer, type Shelf, taxpayerOf } from './answers.ts';
import type { TaxpayerAsking } from './asking.ts';
import { clearFacts, type KnownTaxpayer, maskedFacts } from './facts.ts';
import { type StoredSource, sourceInForce } from './sources.ts';
import type { TaxpayerQuestion } from './wire.ts';

/** What is known of callers. */
export interface Callers {
  /** Who called, and the centre that knows them; null: no such contact in sight. */
  ofContact(
    reader: LedgerReader,
    contactId: string,
  ): Promise<{ number: string; withheld: boolean; unitId: string } | null>;
  /** The 社会信用代码 that the centre has registered for the number; empty: none. */
  statedCode(db: Db, vault: Vault, unitId: string, number: string): Promise<string>;
}

interface Options extends OrderRouteOptions {
  asking: TaxpayerAsking;
  callers: Callers;
}

interface Input {
  contactId?: string | undefined;
  orderId?: string | undefined;
  number?: string | undefined;
  creditCode?: string | undefined;
  reason: string;
}

/** What a look is for. */
interface Purpose {
  /** Whose source is asked. */
  unitId: string;
  /** Whoever called or has the order: the number and the code that is known of them. */
  known: TaxpayerQuestion[];
}

export function taxpayerRoutes(options: Options) {
  const { store, vault, asking, callers } = options;
  const shelf: Shelf = { system: store.system, vault };
  const api = readerApi(options).use(({ context: { caller }, next }) => {
    // Whoever serves a call may look at what the centre knows of its caller.
    const scope = { ...caller.deskScope, patterns: [...caller.deskScope.patterns, ...caller.scope.patterns] };
    return next({ context: { desk: store.scoped(scope), scope } });
  }).taxpayers;
  const purposeOf = async (reader: ActingReader, desk: Db, input: Input): Promise<Purpose> => {
    const { caller } = reader;
    if (input.contactId !== undefined) {
      const found = await callers.ofContact({ db: store.scoped(caller.scope), vault, caller }, input.contactId);
      if (!found) throw refusal('NOT_FOUND', '没有找到该通话');
      const { unitId, number, withheld } = found;
      return { unitId, known: withheld ? [] : knownOf(number, await callers.statedCode(desk, vault, unitId, number)) };
    }
    if (input.orderId !== undefined) {
      if (!caller.viewer.permissions.includes('work_orders.read')) throw refusal('NOT_FOUND', '没有找到工单');
      const { order, callerNumber, taxNumber } = await revealedOrder(reader, input.orderId);
      return { unitId: order.unitId, known: knownOf(callerNumber, taxNumber) };
    }
    if (input.number === undefined && input.creditCode === undefined)
      throw refusal('REFUSED', '请输入号码或社会信用代码');
    if (input.reason === '') throw refusal('REFUSED', '请填写查询原因');
    const { chosenCentre, centre } = caller.viewer;
    return { unitId: (chosenCentre ?? centre).id, known: [] };
  };
  return {
    find: api.find.handler(async ({ input, context: { reader, desk, viewer, audit, nothingChanged } }) => {
      const purpose = await purposeOf(reader, desk, input);
      const source = await sourceInForce(store.system, purpose.unitId);
      if (!source?.enabled) {
        nothingChanged();
        return nothingAsked('off', '未启用一户式查询');
      }
      const typed = typedOf(input);
      const questions = typed.length > 0 ? typed : purpose.known;
      if (questions.length === 0) {
        nothingChanged();
        return nothingAsked('none', '没有来电号码，请按社会信用代码查询');
      }
      // Answers belong to the centre whose people asked, wherever the call or order does: they are the ones to see them again.
      const unitId = (viewer.chosenCentre ?? viewer.centre).id;
      const answers = await Promise.all(
        questions.map((question) => answered(shelf, asking, { unitId, source, question })),
      );
      const answer = together(answers, source);
      const { contactId = null, orderId = null, reason } = input;
      const after = {
        contactId,
        orderId,
        reason: reason || null,
        result: answer.state,
        found: answer.taxpayers.length,
      };
      const subject = { kind: 'taxpayer' as const, id: null, name: questions.map(shown).join(' ') };
      await audit({ action: 'looked_up', subject, unitId: purpose.unitId, after });
      return answer;
    }),
    reveal: api.reveal.handler(async ({ input, context: { desk, scope, viewer, audit } }) => {
      if (!viewer.permissions.includes('taxpayers.read')) throw refusal('FORBIDDEN');
      const found = await taxpayerOf({ db: desk, vault, caller: { scope } }, input);
      if (!found) throw refusal('NOT_FOUND', '查询结果已过期，请重新查询');
      const { taxpayer, unitId } = found;
      const subject = { kind: 'taxpayer' as const, id: null, name: `${taxpayer.name} ${maskId(taxpayer.creditCode)}` };
      await audit({ action: 'revealed', subject, unitId });
      return clearFacts(taxpayer);
    }),
  };
}

const nothingAsked = (state: 'off' | 'none', message: string): TaxpayerAnswer => ({
  ...{ state, message, demo: false, askedAt: null, taxpayers: [] },
});

/** What a question is called where it is put on record. */
const shown = (question: TaxpayerQuestion): string =>
  'number' in question ? maskNumber(question.number) : maskId(question.creditCode);

const knownOf = (number: string, creditCode: string): TaxpayerQuestion[] => [
  ...(number ? [{ number }] : []),
  ...(creditCode ? [{ creditCode }] : []),
];

const typedOf = ({ number, creditCode }: Input): TaxpayerQuestion[] => knownOf(number ?? '', creditCode ?? '');

type Answered = KeptAnswer | { failure: string };

async function answered(
  shelf: Shelf,
  asking: TaxpayerAsking,
  asked: { unitId: string; source: StoredSource; question: TaxpayerQuestion },
): Promise<Answered> {
  const fresh = await freshAnswer(shelf, asked, new Date());
  if (fresh) return fresh;
  const answer = await asking.ask(asked.source, asked.question);
  return 'failure' in answer ? answer : keepAnswer(shelf, asked, answer.taxpayers, new Date());
}

/** Whoever is found twice is shown once, with both reasons. */
function together(answers: readonly Answered[], { adapter }: StoredSource): TaxpayerAnswer {
  const byCode = new Map<string, Taxpayer>();
  for (const answer of answers) {
    if ('failure' in answer) continue;
    for (const [index, known] of answer.taxpayers.entries()) {
      const before = byCode.get(known.creditCode);
      if (before) before.matchedBy = [...new Set([...before.matchedBy, ...known.matchedBy])];
      else byCode.set(known.creditCode, taxpayerShown(known, { answerId: answer.id, index }));
    }
  }
  const failure = answers.find((answer) => 'failure' in answer)?.failure ?? '';
  const taxpayers = [...byCode.values()];
  const told = answers.flatMap((answer) => ('failure' in answer ? [] : [answer.askedAt]));
  return {
    state: taxpayers.length > 0 ? 'found' : failure ? 'failed' : 'none',
    message: failure,
    demo: adapter === 'demo',
    askedAt: told.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
    taxpayers,
  };
}

function taxpayerShown(known: KnownTaxpayer, ref: Taxpayer['ref']): Taxpayer {
  const facts = maskedFacts(known);
  const masked = JSON.stringify(facts) !== JSON.stringify(clearFacts(known));
  return { ...facts, ref, matchedBy: known.matchedBy, masked };
}
