import type { DeskContact, NextChoice } from '@rexian/contracts';
import { Button, Skeleton } from 'antd';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { SubmitButtons } from '../desk/SubmitButtons.tsx';
import { useWrapUp, type WrapUp } from '../desk/useWrapUp.ts';
import { WrapUpClock } from '../desk/WrapUpClock.tsx';
import { isTyping } from '../desk/wrapUpKeys.ts';
import type { Looking } from '../lookup/useLookup.ts';
import { Failed } from '../platform/Failed.tsx';
import { Aside, OfCaller, useBeside } from './Beside.tsx';
import { DonePanel } from './DonePanel.tsx';
import { useRegistrationKeys } from './keys.ts';
import { OrderPeek } from './OrderPeek.tsx';
import { type Ended, type Place, Registration } from './Registration.tsx';
import { CONTENT_ID } from './RegistrationForm.tsx';
import { useOpening } from './useOpening.ts';
import type { Registered } from './useRegistration.ts';
import { WrapUpLine } from './WrapUpLine.tsx';
import { filledBy } from './wrapUp.ts';
import './registration.css';

type Props = { contact: DeskContact; looking: Looking; children: ReactNode };
type Done = { ended: Ended; order: Registered };

/** 来电登记 beside the call; what is registered is its wrap-up as well. `children`: what else is known of the caller. */
export function DeskRegistration({ contact, looking, children }: Props) {
  const { contactId } = contact;
  const [turn, setTurn] = useState(0);
  const [done, setDone] = useState<Done | null>(null);
  const beside = useBeside();
  const wrapUp = useWrapUp(contact);
  const { draft, change, submit, canSubmit, planned } = wrapUp;
  const group = useRef<HTMLDivElement>(null);
  const opening = useOpening({ id: null, contactId, another: turn > 0, turn });
  // A category alone is kept with the wrap-up.
  const category = useRef(draft.categoryId);
  const opened = useMemo(
    () =>
      opening.data && {
        ...opening.data,
        document: { ...opening.data.document, categoryId: opening.data.document.categoryId ?? category.current },
      },
    [opening.data],
  );
  const nextOf = (signOut: boolean): NextChoice => (signOut ? { state: 'signed_out' } : planned);
  const waits = draft.whenOver && canSubmit;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the call is over
  useEffect(() => {
    if (waits) void submit(planned);
  }, [waits]);

  const place: Place = {
    title: '来电登记',
    head: wrapUp.since && <WrapUpClock wrapUp={contact.wrapUp} since={wrapUp.since} />,
    foot: <WrapUpLine wrapUp={wrapUp} group={group} />,
    blank: <BlankButtons wrapUp={wrapUp} />,
    onFinishBlank: (signOut) => canSubmit && void submit(nextOf(signOut)),
    onWrapUp: () => group.current?.querySelector<HTMLInputElement>('input:checked, input')?.focus(),
    onChange: ({ categoryId }, blank) => change({ categoryId, ...(!blank && { whenOver: false }) }),
    onEnded: (ended, order, signOut) => {
      if (ended === 'discarded') return setTurn(turn + 1);
      const filled = filledBy(ended, order, draft);
      // What is kept is written on while the caller talks.
      if (ended === 'kept' && !canSubmit) return;
      change({ ...filled, whenOver: !canSubmit && ended !== 'kept' });
      if (ended !== 'kept') setDone({ ended, order });
      if (canSubmit) void submit(nextOf(signOut), filled);
    },
    beside,
  };
  return (
    <>
      {opened && !done ? (
        <Editing key={turn} opened={opened} place={place} />
      ) : (
        <Standing place={place}>
          {done && (
            <DonePanel
              {...done}
              onAnother={() => {
                setDone(null);
                setTurn(turn + 1);
              }}
            />
          )}
          {!done && opening.isPending && <Skeleton active title={false} paragraph={{ rows: 6 }} />}
          {!done && opening.error && <Failed error={opening.error} retry={opening.refetch} />}
        </Standing>
      )}
      <Aside beside={beside} looking={looking}>
        <OfCaller contactId={contactId} beside={beside}>
          {children}
        </OfCaller>
      </Aside>
    </>
  );
}

/** The keyboard is in the content as soon as somebody talks, unless the agent types elsewhere. */
function Editing(props: Parameters<typeof Registration>[0]) {
  useEffect(() => {
    if (!isTyping(document.activeElement)) document.getElementById(CONTENT_ID)?.focus({ preventScroll: true });
  }, []);
  return <Registration {...props} />;
}

/** The wrap-up alone: nothing is being written. */
function Standing({ place, children }: { place: Place; children: ReactNode }) {
  const { peeked, setPeeked } = place.beside;
  useRegistrationKeys({
    finish: (signOut) => place.onFinishBlank?.(signOut),
    wrapUp: () => place.onWrapUp?.(),
  });
  const close = () => setPeeked(null);
  return (
    <>
      <section className="panel registration" aria-label={place.title}>
        <h2>
          {place.title}
          <span className="panel-end">{place.head}</span>
        </h2>
        <div className="panel-body">{children}</div>
        <footer>
          {place.foot}
          {place.blank}
        </footer>
      </section>
      <OrderPeek peeked={peeked} onClose={close} onAdded={close} />
    </>
  );
}

/** The wrap-up's own ways on. */
function BlankButtons({ wrapUp }: { wrapUp: WrapUp }) {
  const { draft, change, canSubmit, forced } = wrapUp;
  return (
    <>
      <SubmitButtons wrapUp={wrapUp} />
      {draft.whenOver && !canSubmit ? (
        <p className="muted hint">
          通话结束后自动提交小结。
          <Button type="link" size="small" onClick={() => change({ whenOver: false })}>
            取消
          </Button>
        </p>
      ) : (
        <p className="muted hint">{forced ?? (canSubmit ? '\u00a0' : '通话结束后可提交小结，已填内容自动保存。')}</p>
      )}
    </>
  );
}
