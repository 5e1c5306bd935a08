import { Result, Spin } from 'antd';
import { type KeyboardEventHandler, type ReactNode, type RefObject, useEffect } from 'react';
import { errorCode, errorText } from '../platform/errors.ts';
import { Failed } from '../platform/Failed.tsx';

type Props = { box: RefObject<HTMLElement | null>; onKeyDown?: KeyboardEventHandler; children: ReactNode };

/** What is read: it has the keyboard as soon as it is opened, to scroll and to choose. */
export function ReadBox({ box, onKeyDown, children }: Props) {
  useEffect(() => box.current?.focus({ preventScroll: true }), [box]);
  return (
    <section className="lookup-read" aria-label="正文" ref={box} tabIndex={-1} onKeyDown={onKeyDown}>
      {children}
    </section>
  );
}

/** It isn't there yet, or not any more. */
export function NotRead({ error, retry }: { error: unknown; retry(): unknown }) {
  if (errorCode(error) === 'NOT_FOUND') return <Result status="404" title={errorText(error)} />;
  return error ? <Failed error={error} retry={retry} /> : <Spin className="page-spin" />;
}
