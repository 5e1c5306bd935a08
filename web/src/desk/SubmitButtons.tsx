import { chosenReason, type NextChoice } from '@rexian/contracts';
import { Button } from 'antd';
import { RestMenu } from './RestMenu.tsx';
import type { WrapUp } from './useWrapUp.ts';

/** Saves the wrap-up, and what comes then: unless a leader has decided about it. */
export function SubmitButtons({ wrapUp }: { wrapUp: WrapUp }) {
  const { canSubmit, busy, planned, forced, submit } = wrapUp;
  const disabled = !canSubmit;
  const onSubmit = (next: NextChoice) => void submit(next);
  const other = { size: 'large', disabled: disabled || busy } as const;
  const offers = (state: NextChoice['state']) => forced === null && planned.state !== state;
  return (
    <div className="submit">
      <Button
        type="primary"
        size="large"
        disabled={disabled}
        loading={busy}
        onClick={() => onSubmit(planned)}
        aria-keyshortcuts="Control+Enter"
      >
        {forced ? '提交小结' : submitLabel(planned)} <kbd>Ctrl+Enter</kbd>
      </Button>
      {offers('ready') && (
        <Button {...other} onClick={() => onSubmit({ state: 'ready' })}>
          提交并示闲
        </Button>
      )}
      {offers('not_ready') && (
        <RestMenu
          label="提交并示忙"
          size="large"
          disabled={disabled}
          busy={busy}
          onChoose={(reason) => onSubmit({ state: 'not_ready', reason })}
        />
      )}
      {offers('signed_out') && (
        <Button {...other} onClick={() => onSubmit({ state: 'signed_out' })} aria-keyshortcuts="Control+Shift+Enter">
          提交并签出
        </Button>
      )}
    </div>
  );
}

function submitLabel(next: NextChoice): string {
  switch (next.state) {
    case 'ready':
      return '提交并示闲';
    case 'not_ready':
      return `提交并${chosenReason.labels[next.reason]}`;
    case 'signed_out':
      return '提交并签出';
  }
}
