import { targetKind } from '@rexian/contracts';
import { Empty, Skeleton } from 'antd';
import { Fragment, useEffect, useRef } from 'react';
import { Elapsed } from '../../platform/Elapsed.tsx';
import { Tag } from '../../platform/Tag.tsx';
import { MOST_ROWS, type TargetRow } from './targetRows.ts';

type Props = {
  rows: TargetRow[];
  /** Index of the marked row; -1: none. */
  current: number;
  grouped: boolean;
  pending: boolean;
  onConfirm(row: TargetRow): void;
};

export function TargetList({ rows, current, grouped, pending, onConfirm }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const marked = rows[current]?.key;
  useEffect(() => {
    if (marked) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  if (pending && rows.length === 0) return <Skeleton className="target-list" active title={false} />;
  if (rows.length === 0)
    return (
      <Empty className="target-list" image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有找到，可输入外线号码" />
    );
  return (
    <div className="target-list" role="listbox" aria-label="对象" ref={list}>
      {rows.map((row, index) => (
        <Fragment key={row.key}>
          {grouped && row.kind !== rows[index - 1]?.kind && <h4>{targetKind.labels[row.kind]}</h4>}
          <button
            type="button"
            className="target-row"
            role="option"
            aria-selected={index === current}
            disabled={row.reason !== null}
            title={row.reason ?? undefined}
            tabIndex={-1}
            onClick={() => onConfirm(row)}
          >
            <b>{row.title}</b>
            <span className="muted">{row.detail}</span>
            {row.state && (
              <Tag tone={row.state.tone}>
                {row.state.label}
                {row.state.since && (
                  <span className="num">
                    <Elapsed since={row.state.since} />
                  </span>
                )}
              </Tag>
            )}
          </button>
        </Fragment>
      ))}
      {rows.length === MOST_ROWS && <p className="muted">结果较多，请输入姓名或坐席号</p>}
    </div>
  );
}
