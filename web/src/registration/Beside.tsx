import type { Taxpayer } from '@rexian/contracts';
import { type ReactNode, useState } from 'react';
import { Taxpayers } from '../desk/Taxpayers.tsx';
import type { Attach } from '../lookup/Actions.tsx';
import { LookupPanel } from '../lookup/LookupPanel.tsx';
import type { Looking } from '../lookup/useLookup.ts';
import { CallerPast } from './CallerPast.tsx';
import type { Peeked } from './OrderPeek.tsx';

type Choose = (taxpayer: Taxpayer) => void;

/**
 * What a registration and the column beside it share. The column is none of the registration's parts: it stays as it is, with what is
 * typed there, while one is opened, ended, and begun anew.
 */
export interface Beside {
  /** Where a registration puts what belongs to it alone, on top. */
  slot: HTMLElement | null;
  setSlot(slot: HTMLElement | null): void;
  peeked: Peeked | null;
  setPeeked(peeked: Peeked | null): void;
  /** Takes a taxpayer into what is being registered; null: nothing is. */
  choose: Choose | null;
  setChoose(choose: Choose | null): void;
  /** null: nothing is being registered. */
  attach: Attach | null;
  setAttach(attach: Attach | null): void;
}

export function useBeside(): Beside {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const [peeked, setPeeked] = useState<Peeked | null>(null);
  const [choose, keepChoose] = useState<Choose | null>(null);
  const [setChoose] = useState(() => (next: Choose | null) => keepChoose(() => next));
  const [attach, keepAttach] = useState<Attach | null>(null);
  const [setAttach] = useState(() => (next: Attach | null) => keepAttach(() => next));
  return { slot, setSlot, peeked, setPeeked, choose, setChoose, attach, setAttach };
}

type AsideProps = { beside: Beside; looking: Looking; children: ReactNode };

/** The column itself, what is looked up on top; two of them where there is room. */
export function Aside({ beside, looking, children }: AsideProps) {
  return (
    <div className="registration-beside">
      <LookupPanel looking={looking} attach={beside.attach} />
      <aside className="registration-aside">
        <div className="registration-own" ref={beside.setSlot} />
        {children}
      </aside>
    </div>
  );
}

/** What is known of who calls: whom they may stand for, what they called about before. `children`: the caller. */
export function OfCaller({ contactId, beside, children }: { contactId: string; beside: Beside; children: ReactNode }) {
  const { choose, setPeeked } = beside;
  return (
    <>
      {children}
      <Taxpayers contactId={contactId} {...(choose && { onChoose: choose })} />
      <CallerPast contactId={contactId} onPeek={setPeeked} />
    </>
  );
}
