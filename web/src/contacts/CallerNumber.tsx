import { RevealableNumber, useReveal } from '../personal/reveal.tsx';
import { client } from '../platform/api.ts';
import { DialButton } from '../platform/dialling.tsx';
import { isMasked } from '../platform/format.ts';

const wholeNumber = (contactId: string) => async () => (await client.contacts.reveal({ id: contactId })).callerNumber;

/** The number of a contact's caller, to be seen whole and to be called. */
export function CallerNumber({ contactId, number }: { contactId: string; number: string }) {
  return (
    <RevealableNumber number={number} masked={isMasked(number)} ask={wholeNumber(contactId)}>
      {/\d/.test(number) && <DialButton whom={{ contactId }} />}
    </RevealableNumber>
  );
}

export const useRevealedNumber = (contactId: string) => useReveal(wholeNumber(contactId));
