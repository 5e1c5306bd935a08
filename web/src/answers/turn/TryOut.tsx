import { type AnswerTurn, turnDue } from '@rexian/contracts';
import { Button, Input, type InputRef, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { choiceMeant } from './said.ts';

interface Line {
  who: 'caller' | 'bank';
  text: string;
}

const UNHEARD: Line = { who: 'bank', text: '没有听懂，再问一次：' };

type Props = { question: string; turn: AnswerTurn; onClose(): void };

/** 试一试: the answer as whoever asks gets it, question by question. */
export function TryOut({ question, turn, onClose }: Props) {
  const [known, setKnown] = useState<Record<string, string>>({});
  const [lines, setLines] = useState<Line[]>([{ who: 'caller', text: question }]);
  const [typed, setTyped] = useState('');
  const end = useRef<HTMLDivElement>(null);
  const field = useRef<InputRef>(null);
  const due = turnDue(turn, known);
  const asks = 'ask' in due ? due : null;
  const says: Line = { who: 'bank', text: 'ask' in due ? due.ask : due.answer };
  const say = (said: string) => {
    if (!asks || said.trim() === '') return;
    const choice = choiceMeant(asks, said);
    setTyped('');
    setLines([...lines, says, { who: 'caller', text: said }, ...(choice ? [] : [UNHEARD])]);
    if (choice) setKnown({ ...known, [asks.slot]: choice });
  };
  const again = () => {
    setKnown({});
    setLines([{ who: 'caller', text: question }]);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest line is brought into sight
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [lines]);
  return (
    <Modal
      open
      title="试一试"
      width={520}
      footer={null}
      onCancel={onClose}
      afterOpenChange={(open) => open && field.current?.focus()}
    >
      <ol className="try-out" aria-label="对话" data-done={asks === null || undefined}>
        {[...lines, says].map(({ who, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added
          <li key={index} data-who={who}>
            {text}
          </li>
        ))}
      </ol>
      <div ref={end} />
      {asks ? (
        <>
          <div className="try-out-choices">
            {asks.choices.map(({ choice }) => (
              <Button key={choice} size="small" onClick={() => say(choice)}>
                {choice}
              </Button>
            ))}
          </div>
          <Input
            ref={field}
            aria-label="回答"
            placeholder="以来电人的口吻回答，按回车"
            maxLength={60}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onPressEnter={(event) => {
              // Else the same press begins again with the button that stands here after the last answer.
              event.preventDefault();
              say(typed);
            }}
          />
        </>
      ) : (
        <Button autoFocus onClick={again}>
          重新开始
        </Button>
      )}
    </Modal>
  );
}
