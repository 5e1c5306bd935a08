import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import type { KeyboardEvent, ReactNode } from 'react';
import { Fault } from './Field.tsx';
import { useFocusField, useTurnEditing } from './turnContext.ts';
import { type ChoiceDraft, isWritten } from './turnDraft.ts';

type Props = {
  choice: ChoiceDraft;
  /** From 1. */
  number: number;
  onChange(choice: ChoiceDraft): void;
  onAdd(): void;
  onRemove(): void;
  onMove(step: -1 | 1): void;
  /** What follows when it is chosen. */
  children: ReactNode;
};

/** One choice with the words that are taken for it, and below it what follows. */
export function ChoiceFields({ choice, number, onChange, onAdd, onRemove, onMove, children }: Props) {
  const { faults } = useTurnEditing();
  const field = useFocusField<InputRef>(choice.key);
  const isEmpty = choice.choice === '' && choice.synonyms === '' && !isWritten(choice.next);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const { key, altKey } = event;
    if (key === 'Enter' && !altKey) onAdd();
    else if (altKey && key === 'ArrowUp') onMove(-1);
    else if (altKey && key === 'ArrowDown') onMove(1);
    else if ((altKey && key === 'Delete') || (key === 'Backspace' && isEmpty)) onRemove();
    else return;
    event.preventDefault();
  };
  const named = choice.choice || `选项 ${number}`;
  const small = { type: 'text', size: 'small', tabIndex: -1 } as const;
  return (
    <li>
      <div className="answer-field">
        <div className="turn-choice-row">
          <span className="muted num">{number}</span>
          <Input
            ref={field}
            aria-label={`选项 ${number}`}
            className="turn-choice-name"
            maxLength={30}
            placeholder="选项"
            value={choice.choice}
            onChange={({ target }) => onChange({ ...choice, choice: target.value })}
            onKeyDown={onKeyDown}
          />
          <Input
            aria-label={`选项 ${number} 的其他说法`}
            placeholder="其他说法，用顿号分隔"
            value={choice.synonyms}
            onChange={({ target }) => onChange({ ...choice, synonyms: target.value })}
          />
          {/* By keyboard all of it is done from the field. */}
          <Button {...small} icon={<ArrowUpOutlined />} aria-label={`上移“${named}”`} onClick={() => onMove(-1)} />
          <Button {...small} icon={<ArrowDownOutlined />} aria-label={`下移“${named}”`} onClick={() => onMove(1)} />
          <Button {...small} icon={<DeleteOutlined />} aria-label={`删除“${named}”`} onClick={onRemove} />
        </div>
        <Fault text={faults?.get(choice.key)} />
      </div>
      {children}
    </li>
  );
}
