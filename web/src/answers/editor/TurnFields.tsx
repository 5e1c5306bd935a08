import { PlusOutlined } from '@ant-design/icons';
import { ANSWER_MAX, TURNS_DEEPEST } from '@rexian/contracts';
import { AutoComplete, Button, Input, type InputRef } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useConfirm } from '../../forms/useConfirm.ts';
import { secondsToRead } from '../words.ts';
import { ChoiceFields } from './ChoiceFields.tsx';
import { Fault } from './Field.tsx';
import { useFocusField, useTurnEditing } from './turnContext.ts';
import { askingBack, type ChoiceDraft, emptyChoice, isWritten, moved, type TurnDraft } from './turnDraft.ts';

const MOST_CHOICES = 12;

type Props = { turn: TurnDraft; onChange(turn: TurnDraft): void; depth: number };

/** One turn with all that follows from it. */
export function TurnFields(props: Props) {
  return props.turn.asks ? <Asking {...props} /> : <Answering {...props} />;
}

function Answering({ turn, onChange, depth }: Props) {
  const { faults, focusOn } = useTurnEditing();
  const field = useFocusField<TextAreaRef>(turn.key);
  const { key, answer } = turn;
  const askBack = () => {
    onChange(askingBack(turn));
    focusOn({ key });
  };
  const mayAsk = depth < TURNS_DEEPEST;
  return (
    <div className="answer-field turn-answering">
      <Input.TextArea
        ref={field}
        aria-label="答案"
        maxLength={ANSWER_MAX}
        autoSize={{ minRows: depth === 0 ? 4 : 2, maxRows: 12 }}
        placeholder="直接说结论，口语也听得懂；细节放在关联知识里"
        value={answer}
        onChange={({ target }) => onChange({ ...turn, answer: target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.altKey || !mayAsk) return;
          event.preventDefault();
          askBack();
        }}
      />
      <div className="turn-answer-foot">
        <span className="muted num">
          {answer.length} / {ANSWER_MAX} 字{answer.trim() && `，读出约 ${secondsToRead(answer)} 秒`}
        </span>
        {mayAsk && (
          <Button type="link" size="small" onClick={askBack}>
            改为反问
          </Button>
        )}
      </div>
      <Fault text={faults?.get(key)} />
    </div>
  );
}

function Asking({ turn, onChange, depth }: Props) {
  const { faults, focusOn, slots } = useTurnEditing();
  const field = useFocusField<InputRef>(turn.key);
  const confirm = useConfirm();
  const { key, ask, slot, choices } = turn;
  const setChoices = (next: ChoiceDraft[]) => onChange({ ...turn, choices: next });
  const add = (after: number) => {
    if (choices.length >= MOST_CHOICES) return;
    const choice = emptyChoice();
    setChoices(choices.toSpliced(after + 1, 0, choice));
    focusOn({ key: choice.key });
  };
  const remove = (index: number) => {
    const gone = choices[index];
    if (!gone) return;
    const take = async () => {
      setChoices(choices.toSpliced(index, 1));
      focusOn({ key: (choices[index - 1] ?? choices[index + 1])?.key ?? key });
    };
    if (!isWritten(gone.next)) return void take();
    confirm({ title: `删除选项“${gone.choice || '未命名'}”及其答案？`, okText: '删除', run: take });
  };
  const move = (index: number, step: -1 | 1) => {
    setChoices(moved(choices, index, step));
    const mine = choices[index];
    if (mine) focusOn({ key: mine.key });
  };
  const answerAtOnce = () => {
    const take = async () => {
      onChange({ ...turn, asks: false, answer: turn.answer || (choices[0]?.next.answer ?? ''), choices: [] });
      focusOn({ key });
    };
    if (!isWritten(turn)) return void take();
    confirm({ title: '改为直接回答？', content: '反问、选项和其余答案将删除。', okText: '改为直接回答', run: take });
  };
  return (
    <fieldset className="turn-asking" data-depth={depth}>
      <div className="answer-field">
        <div className="turn-ask-row">
          <Input
            ref={field}
            aria-label="反问"
            maxLength={100}
            placeholder="反问，例如：请问您是一般纳税人还是小规模纳税人？"
            value={ask}
            onChange={({ target }) => onChange({ ...turn, ask: target.value })}
          />
          <AutoComplete
            aria-label="槽位"
            className="turn-slot-field"
            maxLength={20}
            placeholder="槽位，例如：纳税人类型"
            title="问的是什么；同一槽位答过的不再重复问"
            options={slots.filter((each) => each !== slot).map((value) => ({ value }))}
            value={slot}
            onChange={(value: string) => onChange({ ...turn, slot: value })}
          />
          <Button type="link" size="small" onClick={answerAtOnce}>
            改为直接回答
          </Button>
        </div>
        <Fault text={faults?.get(key)} />
      </div>
      <ol>
        {choices.map((choice, index) => (
          <ChoiceFields
            key={choice.key}
            choice={choice}
            number={index + 1}
            onChange={(next) => setChoices(choices.with(index, next))}
            onAdd={() => add(index)}
            onRemove={() => remove(index)}
            onMove={(step) => move(index, step)}
          >
            <TurnFields
              turn={choice.next}
              onChange={(next) => setChoices(choices.with(index, { ...choice, next }))}
              depth={depth + 1}
            />
          </ChoiceFields>
        ))}
      </ol>
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        disabled={choices.length >= MOST_CHOICES}
        onClick={() => add(choices.length - 1)}
      >
        添加选项
      </Button>
    </fieldset>
  );
}
