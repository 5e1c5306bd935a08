import { workOrderKind } from '@rexian/contracts';
import { App, Button } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useConfirm } from '../forms/useConfirm.ts';
import type { Beside } from './Beside.tsx';
import { FormPart } from './FormPart.tsx';
import { Keeping, KeepingQuestions } from './Keeping.tsx';
import { useRegistrationKeys } from './keys.ts';
import { NextSteps } from './NextSteps.tsx';
import { OrderPeek } from './OrderPeek.tsx';
import type { Opened } from './openRegistration.ts';
import { RegistrationForm } from './RegistrationForm.tsx';
import { SimilarOrders, useSimilar } from './SimilarOrders.tsx';
import { useNext, useOwnForm } from './useNext.ts';
import { type Registered, type Registering, useRegistration } from './useRegistration.ts';

/** What became of it: closed at once, on its way, kept for later, told to another order, thrown away. */
export type Ended = 'closed' | 'handed_on' | 'kept' | 'added' | 'discarded';

/** Where a registration stands and what comes of it: the desk, or a page of its own. */
export interface Place {
  title: string;
  /** Beside the title. */
  head?: ReactNode;
  /** Below the fields. */
  foot?: ReactNode;
  /** In place of the buttons while nothing is written. */
  blank?: ReactNode;
  /** Ctrl+Enter while nothing is written. */
  onFinishBlank?(signOut: boolean): void;
  /** Alt+X. */
  onWrapUp?(): void;
  onChange?(form: Registering['form'], blank: boolean): void;
  onEnded(ended: Ended, order: Registered, signOut: boolean): void;
  beside: Beside;
  /** What goes into the column beside it with what is written. */
  own?(registering: Registering): ReactNode;
}

/** 登记: the form, what it resembles, and the ways on. */
export function Registration({ opened, place }: { opened: Opened; place: Place }) {
  const registering = useRegistration(opened);
  const { form, blank, busy } = registering;
  const ways = useWays(registering, place);
  const [settled, setSettled] = useState(form);
  const similar = useSimilar(registering.id, settled);
  const [dismissed, setDismissed] = useState(0);
  const { onChange } = place;
  const { slot, peeked, setPeeked, setChoose, setAttach } = place.beside;
  const { chooseTaxpayer, attach } = registering;
  useEffect(() => {
    setChoose(chooseTaxpayer);
    return () => setChoose(null);
  }, [setChoose, chooseTaxpayer]);
  useEffect(() => {
    setAttach(attach);
    return () => setAttach(null);
  }, [setAttach, attach]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is told is the form; who listens may be new each time
  useEffect(() => onChange?.(form, blank), [form, blank]);
  return (
    <>
      <section className="panel registration" aria-label={place.title}>
        <h2>
          {place.title}
          <Keeping registering={registering} />
          {!blank && mayDiscard(opened) && <Discard run={ways.discard} />}
          <span className="panel-end">{place.head}</span>
        </h2>
        <KeepingQuestions registering={registering} />
        <div className="panel-body">
          <RegistrationForm {...registering} disabled={busy} onSettled={() => setSettled(form)}>
            <FormPart {...registering} own={ways.own} faults={registering.fieldFaults} />
          </RegistrationForm>
        </div>
        <footer>
          {place.foot}
          {blank && place.blank ? (
            place.blank
          ) : (
            <Buttons {...ways} busy={busy}>
              <NextSteps next={ways.next} {...registering} />
            </Buttons>
          )}
        </footer>
      </section>
      {slot &&
        createPortal(
          <>
            {similar.length > dismissed && (
              <SimilarOrders
                orders={similar}
                content={form.content}
                onPeek={setPeeked}
                onDismiss={() => setDismissed(similar.length)}
              />
            )}
            {place.own?.(registering)}
          </>,
          slot,
        )}
      <OrderPeek
        peeked={peeked}
        onClose={() => setPeeked(null)}
        onAdded={({ id, number, title, state }) => {
          setPeeked(null);
          if (peeked?.text !== null) void ways.added({ id, number, title, closed: state === 'closed' });
        }}
      />
    </>
  );
}

/** What a caller left or a flow wrote down stays until somebody has dealt with it. */
const mayDiscard = ({ document: { source } }: Opened) => source !== 'voicemail' && source !== 'flow';

/** The ways on, by keys and buttons. */
function useWays(registering: Registering, { onEnded, onFinishBlank, onWrapUp }: Place) {
  const { message } = App.useApp();
  const { form, blank, busy, submit, keep, discard, id } = registering;
  const next = useNext(form);
  const own = useOwnForm(form);
  const { closesAtOnce, asked } = next;
  const mayClose = closesAtOnce !== false;
  const answered = mayClose && form.answer.trim() !== '';
  const handIn = async (immediate: boolean, signOut: boolean) => {
    if (busy) return;
    const order = await submit({ immediate, asked: immediate ? [] : asked, own });
    if (order) onEnded(order.closed ? 'closed' : 'handed_on', order, signOut);
  };
  const keys = {
    finish: (signOut: boolean) => {
      if (blank && onFinishBlank) onFinishBlank(signOut);
      // Nothing goes on by this key that might be closed at once: its answer is asked for.
      else void handIn(mayClose, signOut);
    },
    handOn: () => void handIn(false, false),
    keep: async () => {
      if (busy || blank) return;
      const order = await keep();
      if (!order) return;
      void message.success(`已暂存 ${order.number}`);
      onEnded('kept', order, false);
    },
    ...(onWrapUp && { wrapUp: onWrapUp }),
  };
  useRegistrationKeys(keys);
  return {
    ...{ ...keys, next, own, answered, mayClose, kind: form.kind },
    added: async (other: Registered) => {
      if (await discard()) onEnded('added', other, false);
    },
    discard: async () => {
      if (await discard()) onEnded('discarded', { id, number: '', title: '', closed: false }, false);
    },
  };
}

function Discard({ run }: { run(): Promise<void> }) {
  const ask = useConfirm();
  const question = { title: '放弃本次登记？', content: '已填写的内容将一并删除。', okText: '放弃', run };
  return (
    <Button size="small" type="text" onClick={() => ask(question)}>
      放弃登记
    </Button>
  );
}

type ButtonsProps = ReturnType<typeof useWays> & { busy: boolean; children: ReactNode };

function Buttons({ answered, mayClose, kind, busy, children, ...ways }: ButtonsProps) {
  const common = { size: 'large', disabled: busy } as const;
  return (
    <div className="registration-buttons">
      {mayClose && (
        <Button
          {...common}
          type={answered ? 'primary' : 'default'}
          onClick={() => ways.finish(false)}
          aria-keyshortcuts="Control+Enter"
        >
          即办并办结 <kbd>Ctrl+Enter</kbd>
        </Button>
      )}
      <Button
        {...common}
        type={answered ? 'default' : 'primary'}
        onClick={ways.handOn}
        aria-keyshortcuts="Alt+Enter"
        title={mayClose ? undefined : `${workOrderKind.labels[kind]}工单须流转办理`}
      >
        提交流转 <kbd>Alt+Enter</kbd>
      </Button>
      <Button {...common} onClick={() => void ways.keep()} aria-keyshortcuts="Alt+Z">
        暂存 <kbd>Alt+Z</kbd>
      </Button>
      {children}
    </div>
  );
}
