import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import './compare.css';

/** One change as a sentence. */
interface Line {
  /** What it is about; null: the whole. */
  element: string | null;
  text: string;
}

type Props = {
  /** null: there was nothing before. */
  before: ReactNode;
  after: ReactNode;
  lines: readonly Line[];
  selected: string | null;
  onSelect(element: string | null): void;
};

/** Two drawings, one above the other as they are wide, and every change as a sentence that leads to its element. */
export function Compare({ before, after, lines, selected, onSelect }: Props) {
  const [shown, setShown] = useState<'both' | 'after'>('both');
  return (
    <div className="compare">
      <div className="compare-drawings">
        {shown === 'both' && before}
        {after}
      </div>
      <section className="compare-changes" aria-label="改动">
        <header>
          <b>{before ? `改动 ${lines.length} 处` : '首次发布'}</b>
          {before && (
            <Segmented
              size="small"
              options={[
                { value: 'both', label: '上下对照' },
                { value: 'after', label: '只看改后' },
              ]}
              value={shown}
              onChange={setShown}
            />
          )}
        </header>
        {before && lines.length === 0 && <p className="muted">内容相同</p>}
        {before && (
          <ul>
            {lines.map(({ element, text }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences may repeat, and the list is never reordered
              <li key={index}>
                <button
                  type="button"
                  aria-pressed={element !== null && element === selected}
                  onClick={() => onSelect(element)}
                >
                  {text}
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** One of the two. */
export function Side({ title, children }: { title: string; children: ReactNode }) {
  return (
    <figure className="compare-drawing">
      <figcaption>{title}</figcaption>
      {children}
    </figure>
  );
}
