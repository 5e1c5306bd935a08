/** What a flow knows of its call from the beginning. */
import type { Facts } from '@rexian/flows/variables.ts';
import { ANONYMOUS } from '../../contacts/caller-number.ts';
import { regionOf } from '../../contacts/regions.ts';
import { classesOf } from '../../queues/callers.ts';
import type { CallContext } from '../context.ts';

/** The number is empty when it was withheld, the region when it isn't known; the class is one of CallerClass. */
export async function factsOf({ db, vault, contactId, unitId, callerNumber }: CallContext): Promise<Facts> {
  const number = callerNumber === ANONYMOUS ? null : callerNumber;
  const [called, region, classes] = await Promise.all([
    db.selectFrom('contacts').select(['called_number', 'called_name']).where('id', '=', contactId).executeTakeFirst(),
    regionOf(db, number),
    classesOf({ db, vault }, { callerNumber: number, unitId, at: new Date() }, unitId),
  ]);
  const [first = 'ordinary'] = classes;
  return {
    caller: { number: number ?? '', region, class: first },
    called: { number: called?.called_number ?? '', name: called?.called_name ?? '' },
  };
}
