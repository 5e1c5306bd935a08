import { useMemo, useState } from 'react';
import { TurnFields } from './TurnFields.tsx';
import { TurnContext } from './turnContext.ts';
import { slotsOf, type TurnDraft } from './turnDraft.ts';

type Props = { turn: TurnDraft; onChange(turn: TurnDraft): void; faults: ReadonlyMap<string, string> | null };

/** What is answered, or asked back first: a tree that is written by keyboard alone. */
export function TurnEditor({ turn, onChange, faults }: Props) {
  const [focus, focusOn] = useState<{ key: string } | null>(null);
  const slots = slotsOf(turn).join('\n');
  const context = useMemo(
    () => ({ faults, focus, focusOn, slots: slots.split('\n').filter(Boolean) }),
    [faults, focus, slots],
  );
  return (
    <section className="panel" aria-label="答案">
      <h2>
        答案{' '}
        <small>
          {turn.asks ? (
            <>
              选项中 <kbd>Enter</kbd> 添加下一项，<kbd>Alt+↑</kbd> <kbd>Alt+↓</kbd> 移动，<kbd>Alt+Delete</kbd>{' '}
              删除；答案中 <kbd>Alt+Enter</kbd> 改为反问
            </>
          ) : (
            <>
              答案因人而异时先反问：<kbd>Alt+Enter</kbd>
            </>
          )}
        </small>
      </h2>
      <div className="panel-body">
        <TurnContext value={context}>
          <TurnFields turn={turn} onChange={onChange} depth={0} />
        </TurnContext>
      </div>
    </section>
  );
}
