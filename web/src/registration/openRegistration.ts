/** What a registration opens with: what was left in this browser, what the server keeps, or what is known of the call. */
import type { OrderDetail, Registration, WorkOrderState } from '@rexian/contracts';
import { Copies, leftIds } from '../drafts/copies.ts';
import type { Drafted } from '../drafts/saver.ts';
import { client } from '../platform/api.ts';
import { serverNow } from '../platform/clock.ts';
import { errorCode } from '../platform/errors.ts';
import { newTimeUuid } from '../platform/newUuid.ts';
import { copiedForm } from './form.ts';

export interface Opened extends Drafted<Registration> {
  /** Empty: the server keeps nothing of it yet. */
  number: string;
  state: WorkOrderState;
  /** As the server shows what is not in the document. */
  masked: { callerNumber: string; callerName: string; taxNumber: string };
  /** It was begun by a message or by the viewer. */
  mayChange: boolean;
  /** Another order of the same call; null: there is none. */
  earlierId: string | null;
}

/** As `save` counts: what the server doesn't keep yet has none. */
export const revisionOf = ({ revision }: { revision: number }): number | null => (revision === 0 ? null : revision);

export function openedOf(order: OrderDetail): Opened {
  const { id, number, revision, state, callerNumber, callerName, taxNumber, can } = order;
  const masked = { callerNumber, callerName, taxNumber };
  return {
    ...{ id, number, revision, state, masked, mayChange: can.change, earlierId: null },
    ...{ document: withoutFieldFiles(order.registration), ...unsaved },
  };
}

/** An order names all its files; those of a field are shown there. */
function withoutFieldFiles(document: Registration): Registration {
  const ofFields = new Set(Object.values(document.fields).flat());
  return { ...document, fileIds: document.fileIds.filter((id) => !ofFields.has(id)) };
}

const unsaved = { published: null, draft: null };

interface Asked {
  person: string;
  /** null: what the call has, else a new one. */
  id: string | null;
  contactId: string | null;
  /** Begin a new one even though the call has one. */
  another?: boolean;
}

/** Throws the API's error. */
export async function openRegistration({ person, id, contactId, another = false }: Asked): Promise<Opened> {
  if (contactId === null || id !== null) {
    const kept = id === null ? null : await orderOf(id);
    return kept ?? begun(id, id === null ? null : contactLeft(person, id));
  }
  const named = another ? null : (leftOf(person, contactId) ?? sessionStorage.getItem(memory(contactId)));
  const kept = named ? await orderOf(named) : null;
  const opened =
    kept?.state === 'draft' ? ofCall(kept, contactId) : await begun(kept ? null : named, contactId, another);
  sessionStorage.setItem(memory(contactId), opened.id);
  return opened;
}

/** Which one this page writes of a call: one that is anonymous is no longer found by its call. */
const memory = (contactId: string): string => `rexian.registering.${contactId}`;
const ofCall = (kept: Opened, contactId: string): Opened => ({ ...kept, document: { ...kept.document, contactId } });

/** With what is known of the call; the draft that was made of it is gone on with, unless `another` is wanted. */
async function begun(named: string | null, contactId: string | null, another = false): Promise<Opened> {
  const known = await client.orders.prefill({ contactId });
  const earlier = !named && !another && known.orderId ? await orderOf(known.orderId) : null;
  if (earlier?.state === 'draft' && earlier.mayChange) return earlier;
  return {
    ...{ id: named ?? newTimeUuid(serverNow()), number: '', revision: 0, state: 'draft', mayChange: true, ...unsaved },
    earlierId: known.orderId,
    document: known.registration,
    masked: { callerNumber: known.callerNumber, callerName: '', taxNumber: '' },
  };
}

async function orderOf(id: string): Promise<Opened | null> {
  try {
    return openedOf(await client.orders.get({ id }));
  } catch (error) {
    if (errorCode(error) === 'NOT_FOUND') return null;
    throw error;
  }
}

const copyOf = (person: string, id: string) =>
  new Copies(localStorage, { person, kind: 'order', id, page: '' }, copiedForm).left();
const contactLeft = (person: string, id: string) => copyOf(person, id)?.document.contactId ?? null;
/** The registration of a call that couldn't be saved. */
const leftOf = (person: string, contactId: string) =>
  leftIds(localStorage, person, 'order').find((id) => contactLeft(person, id) === contactId) ?? null;
