import { differenceOf, type WorkflowDifference } from '@rexian/workflows/difference.ts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Spin } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import * as drafts from '../../drafts/Compare.tsx';
import { api } from '../../platform/api.ts';
import { useUnits } from '../../units/useUnits.ts';
import { Viewer } from './Viewer.tsx';

export interface Side {
  /** 版本 3, 草稿 */
  title: string;
  drawing: string;
}

type Props = {
  /** null: there was nothing before. */
  before: Side | null;
  after: Side;
};

/** Two states of a workflow, what differs in colour. */
export function Compare({ before, after }: Props) {
  const difference = useDifference(before?.drawing ?? after.drawing, after.drawing);
  const [selected, setSelected] = useState<string | null>(null);
  if (difference === undefined) return <Spin />;
  const marks = difference?.marks;
  const side = ({ title, drawing }: Side) => (
    <drafts.Side title={title}>
      <Viewer xml={drawing} label={`${title} 的流程图`} selected={selected} {...(marks && { marks })} />
    </drafts.Side>
  );
  if (!difference) return <Alert type="error" showIcon title="流程图无法读取，不能比较" />;
  return (
    <drafts.Compare
      before={before && side(before)}
      after={side(after)}
      lines={difference.lines}
      selected={selected}
      onSelect={setSelected}
    />
  );
}

/** undefined: not known yet; null: one of them can't be read. */
function useDifference(before: string, after: string): WorkflowDifference | null | undefined {
  const nameOf = useNames();
  const [difference, setDifference] = useState<WorkflowDifference | null>();
  useEffect(() => {
    let latest = true;
    void differenceOf(before, after, nameOf).then((found) => latest && setDifference(found));
    return () => {
      latest = false;
    };
  }, [before, after, nameOf]);
  return difference;
}

/** Of units and platforms, as far as the viewer may see them. */
function useNames(): (id: string) => string | undefined {
  const { units } = useUnits();
  const { data: partners } = useQuery(api.partners.list.queryOptions());
  return useCallback(
    (id: string) => [...units, ...(partners ?? [])].find((each) => each.id === id)?.name,
    [units, partners],
  );
}
