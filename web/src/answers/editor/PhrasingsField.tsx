import type { Duplicate } from '@rexian/contracts';
import { Button, Tag as Chip, Input } from 'antd';
import { useState } from 'react';
import { added, phrasingsIn } from './phrasings.ts';

const MOST = 100;
const LONGEST = 100;

type Props = {
  id: string;
  question: string;
  value: string[];
  /** What is there already, to be marked. */
  duplicates: readonly Duplicate[];
  onChange(value: string[]): void;
};

/** How people say it: one a line, pasted or typed; chips that a click puts back to be changed. */
export function PhrasingsField({ id, question, value, duplicates, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const add = (text: string) => {
    const lines = phrasingsIn(text).map((line) => line.slice(0, LONGEST));
    onChange(added(value, question, lines).slice(0, MOST));
    setTyped('');
  };
  const remove = (phrasing: string) => onChange(value.filter((each) => each !== phrasing));
  const same = new Set(duplicates.filter(({ likeness }) => likeness === 1).map(({ asked }) => asked));
  return (
    <>
      {value.length > 0 && (
        <ul className="phrasings" aria-label="相似问法">
          {value.map((phrasing) => (
            <li key={phrasing}>
              <Chip
                closable={{ 'aria-label': `删除“${phrasing}”` }}
                {...(same.has(phrasing) ? { color: 'orange', title: '已有相同问法' } : { title: '点击修改' })}
                onClose={(event) => {
                  event.preventDefault();
                  remove(phrasing);
                }}
              >
                <button
                  type="button"
                  onClick={() => {
                    remove(phrasing);
                    setTyped(phrasing);
                    document.getElementById(id)?.focus();
                  }}
                >
                  {phrasing}
                </button>
              </Chip>
            </li>
          ))}
        </ul>
      )}
      <div className="phrasing-add">
        <Input
          id={id}
          maxLength={LONGEST}
          placeholder="输入一个问法，按回车添加"
          value={typed}
          disabled={value.length >= MOST}
          onChange={({ target }) => setTyped(target.value)}
          onPressEnter={(event) => !event.nativeEvent.isComposing && !event.ctrlKey && add(typed)}
          onBlur={() => typed.trim() && add(typed)}
          onPaste={(event) => {
            const text = event.clipboardData.getData('text');
            if (!/[\r\n]/.test(text.trim())) return;
            // A field of one line would run them together.
            event.preventDefault();
            add(text);
          }}
        />
        {value.length > 0 && (
          <Button type="text" onClick={() => onChange([])}>
            清空
          </Button>
        )}
      </div>
    </>
  );
}
