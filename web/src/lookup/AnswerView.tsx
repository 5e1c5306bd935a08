import type { AnswerTurn } from '@rexian/contracts';
import { Button, Tag as Chip } from 'antd';
import { type KeyboardEvent, useRef } from 'react';
import { validityWords } from '../knowledge/words.ts';
import { Actions, type Attach } from './Actions.tsx';
import { NotRead, ReadBox } from './ReadBox.tsx';
import { type Chosen, choiceOf, type Opened } from './state.ts';
import { useAnswer } from './useAnswer.ts';
import { useBasis } from './useBasis.ts';
import type { Looking } from './useLookup.ts';

type Props = { opened: Opened; looking: Looking; attach: Attach | null };

/** An answer of the bank: what it says at once, or what it has to ask first, by number keys. */
export function AnswerView({ opened, looking, attach }: Props) {
  const { chosen } = opened;
  const box = useRef<HTMLElement>(null);
  const { read, due, error, refetch } = useAnswer(opened);
  const basis = useBasis(read?.articleId ?? null);
  const choose = (next: Chosen) => looking.step({ type: 'chose', chosen: next });
  const press = (event: KeyboardEvent) => {
    // The wrap-up's results have the same keys: none too many may choose one.
    if (read && 'choices' in read.turn && /^\d$/.test(event.key)) event.stopPropagation();
    const next = due && pressed(event, due, chosen);
    if (next) choose(next);
  };
  if (!read || !due)
    return (
      <ReadBox box={box}>
        <NotRead error={error} retry={refetch} />
      </ReadBox>
    );
  const { articleId, question, library, category, unit } = read;
  return (
    <ReadBox box={box} onKeyDown={press}>
      <h3>{question}</h3>
      {'choices' in read.turn && <ChosenSoFar chosen={chosen} onChange={choose} />}
      {'answer' in due ? (
        <>
          <p className="lookup-said">{due.answer}</p>
          {basis && <p className="lookup-basis muted">依据：{basis}</p>}
          <Actions
            {...{ looking, attach }}
            subject={{ ...opened, text: due.answer, basisId: read.articleId }}
            within={box}
            key={due.answer}
          />
        </>
      ) : (
        <Asking turn={due} onChoose={(one) => choose([...chosen, one])} />
      )}
      <p className="lookup-facts muted">
        <span>{`${library.name} / ${category.path}`}</span>
        <span>{unit.name}</span>
        <span>有效期 {validityWords(read)}</span>
      </p>
      {articleId && (
        <Button
          size="small"
          onClick={() => looking.open({ kind: 'article', id: articleId, searchId: opened.searchId, hit: null })}
        >
          查看相关知识
        </Button>
      )}
    </ReadBox>
  );
}

/** Slots that are known by now; each can be taken back. */
function ChosenSoFar({ chosen, onChange }: { chosen: Chosen; onChange(next: Chosen): void }) {
  if (chosen.length === 0) return null;
  return (
    <div className="lookup-chosen">
      {chosen.map(({ slot, choice }, index) => (
        <Chip key={slot} closable onClose={() => onChange(chosen.slice(0, index))}>
          {slot}：<b>{choice}</b>
        </Chip>
      ))}
      <Button size="small" type="link" onClick={() => onChange([])}>
        重新开始 <kbd>0</kbd>
      </Button>
    </div>
  );
}

type AskingProps = {
  turn: Exclude<AnswerTurn, { answer: string }>;
  onChoose(one: Chosen[number]): void;
};

function Asking({ turn: { ask, slot, choices }, onChoose }: AskingProps) {
  return (
    <div className="lookup-asking">
      <p className="lookup-said">{ask}</p>
      <div className="lookup-choices">
        {choices.map(({ choice }, index) => (
          <Button key={choice} onClick={() => onChoose({ slot, choice })}>
            {index < 9 && <kbd>{index + 1}</kbd>} {choice}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** What a number key chooses; 0 begins anew. null: the key is none of them. */
function pressed({ key, ctrlKey, altKey, metaKey }: KeyboardEvent, due: AnswerTurn, chosen: Chosen): Chosen | null {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === '0' && chosen.length > 0) return [];
  const one = choiceOf(due, key);
  return one ? [...chosen, one] : null;
}
