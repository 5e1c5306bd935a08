import { App, Button } from 'antd';
import { type ReactNode, type RefObject, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useCopy } from '../platform/copy.ts';
import { SendSms } from '../sms/SendSms.tsx';
import { type LookupKey, lookupKeys, useLookupKeys } from './keys.ts';
import { markedIn, withBasis } from './said.ts';
import type { Opened } from './state.ts';
import { useFetchBasis } from './useBasis.ts';
import type { Looking } from './useLookup.ts';

/** Writes a text into what is being registered, and keeps it; then the order's id. */
export type Attach = (text: string) => Promise<string>;

/** What can be told to the caller. */
export interface Subject extends Pick<Opened, 'kind' | 'id' | 'searchId'> {
  text: string;
  /** The article that says what it rests on. */
  basisId: string | null;
}

type Props = {
  subject: Subject;
  looking: Looking;
  attach: Attach | null;
  /** What is marked in it goes in place of the whole. */
  within: RefObject<HTMLElement | null>;
  /** What else can be done with it. */
  children?: ReactNode;
};

/** 复制, 发短信, 填入答复, 有用 or 无用: each by its key, wherever the cursor is. One at a time stands on a page. */
export function Actions({ subject, looking: { contactId, tell }, attach, within, children }: Props) {
  const { message } = App.useApp();
  const copy = useCopy();
  const basisOf = useFetchBasis();
  const [texting, setTexting] = useState<string | null>(null);
  const [judged, setJudged] = useState<'helpful' | 'unhelpful' | null>(null);
  const maySend = may(useViewer(), 'sms.send') && contactId !== null;
  const chosen = () => markedIn(within.current) || subject.text;
  const judge = (act: 'helpful' | 'unhelpful') => () => {
    setJudged(act);
    tell(act, subject);
  };
  const acts: Partial<Record<LookupKey, () => void>> = {
    copy: () => {
      void copy(chosen(), '已复制');
      tell('copied', subject);
    },
    ...(maySend && { sms: () => setTexting(chosen()) }),
    ...(attach && {
      attach: () => {
        const text = chosen();
        void basisOf(subject.basisId)
          .then((basis) => attach(withBasis(text, basis)))
          .then((orderId) => {
            void message.success('已填入答复内容');
            tell('attached', subject, orderId);
          });
      },
    }),
    helpful: judge('helpful'),
    unhelpful: judge('unhelpful'),
  };
  useLookupKeys((key) => acts[key]?.());
  const button = (key: LookupKey, label: string, on = false) => (
    <ActButton key={key} {...{ name: key, label, on }} act={acts[key]} />
  );
  return (
    <div className="lookup-acts">
      {button('copy', '复制')}
      {button('sms', '短信')}
      {button('attach', '填入答复')}
      {button('helpful', '有用', judged === 'helpful')}
      {button('unhelpful', '无用', judged === 'unhelpful')}
      {children}
      {texting !== null && contactId !== null && (
        <SendSms
          about={{ contactId }}
          text={texting}
          onSent={() => tell('sent', subject)}
          onClose={() => setTexting(null)}
        />
      )}
    </div>
  );
}

type ActProps = { name: LookupKey; label: string; on: boolean; act: (() => void) | undefined };

/** Left out where it doesn't fit. */
function ActButton({ name, label, on, act }: ActProps) {
  if (!act) return null;
  const { label: key, does } = lookupKeys[name];
  return (
    <Button
      size="small"
      onClick={act}
      title={does}
      aria-pressed={on}
      aria-keyshortcuts={key}
      {...(on && { type: 'primary', ghost: true })}
      // The keyboard stays where it is: in the search, or in the text that is read.
      onMouseDown={(event) => event.preventDefault()}
    >
      {label} <kbd>{key}</kbd>
    </Button>
  );
}
