import type { Prompt } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Spin, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { useChange } from '../forms/useChange.ts';
import { useSettled } from '../forms/useSettled.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { Failed } from '../platform/Failed.tsx';
import { duration } from '../platform/format.ts';
import { PageDrawer } from '../platform/PageDrawer.tsx';
import { Tag } from '../platform/Tag.tsx';
import { UnitsSelect } from '../units/UnitSelect.tsx';
import { touches } from './PromptForm.tsx';
import { changedUnits, type Plan, planOf, wordsOf } from './spread.ts';

const TONES = { 新增: 'ready', 替换: 'waiting', 相同: 'quiet' } as const;
const columns: TableColumnType<Plan>[] = [
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  {
    title: '现有内容',
    key: 'current',
    render: (_, { current }) =>
      current ? (
        <>
          {current.recording && <span className="muted">录音 {duration(current.recording.durationMs)} </span>}
          {current.text}
        </>
      ) : (
        '—'
      ),
  },
  {
    title: '更换',
    key: 'what',
    width: 90,
    render: (_, plan) => {
      const what = planOf(plan);
      return <Tag tone={TONES[what]}>{what}</Tag>;
    },
  },
];

/** 批量更换: gives many units this prompt's text and recording; what each has now is seen first. */
export function SpreadDrawer({ prompt, onClose }: { prompt: Prompt; onClose(): void }) {
  const { id, revision, name, unit } = prompt;
  const [units, setUnits] = useState<string[]>([]);
  const unitIds = useSettled(units);
  const plan = useQuery(
    api.prompts.spreadPreview.queryOptions({ input: { id, unitIds }, enabled: unitIds.length > 0, gcTime: 0 }),
  );
  const spread = useChange({ run: client.prompts.spread, touches, done: wordsOf });
  const rows = unitIds.length > 0 ? (plan.data ?? []) : [];
  const changed = changedUnits(rows);
  const ready = units === unitIds && plan.isSuccess && changed.length > 0;
  const targets = rows.map((each) => ({ unitId: each.unit.id, revision: each.current?.revision ?? null }));
  return (
    <PageDrawer
      open
      title={`批量更换“${name}”`}
      size={640}
      onClose={onClose}
      footer={
        <div className="form-footer">
          <Button onClick={onClose}>取消</Button>
          <Button
            type="primary"
            disabled={!ready}
            loading={spread.isPending}
            onClick={() => spread.mutate({ id, revision, targets }, { onSuccess: onClose })}
          >
            {changed.length > 0 ? `更换 ${changed.length} 个机构` : '更换'}
          </Button>
        </div>
      }
    >
      <p className="form-note">
        将“{unit.name}”的文字{prompt.recording ? '和录音' : ''}给所选机构，存为它们自己的“{name}”。
      </p>
      <Form layout="vertical">
        <Form.Item label="机构">
          <UnitsSelect
            placeholder="选择机构"
            value={units}
            onChange={setUnits}
            refuse={(each) => each.id === unit.id}
          />
        </Form.Item>
      </Form>
      {plan.error && <Failed error={plan.error} retry={plan.refetch} />}
      {plan.isFetching && <Spin className="page-spin" />}
      {rows.length > 0 && !plan.isFetching && (
        <Table<Plan>
          size="small"
          rowKey={(row) => row.unit.id}
          pagination={false}
          columns={columns}
          dataSource={rows}
        />
      )}
      {spread.error && <Alert type="error" showIcon role="alert" title={errorText(spread.error)} />}
    </PageDrawer>
  );
}
