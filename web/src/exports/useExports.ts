import type { ExportJob, ExportState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { api } from '../platform/api.ts';

const REFRESH_MS = 2_000;

export const isUnderWay = (state: ExportState): boolean => state === 'queued' || state === 'running';
const underWay = (jobs: readonly ExportJob[]) => jobs.filter(({ state }) => isUnderWay(state));

/** The viewer's exports; asked for again while one is under way, and told when it has become something. */
export function useExports() {
  const { message } = App.useApp();
  const list = useQuery(
    api.exportJobs.list.queryOptions({
      refetchInterval: ({ state }) => (underWay(state.data ?? []).length > 0 ? REFRESH_MS : false),
    }),
  );
  const jobs = list.data;
  const awaited = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!jobs) return;
    for (const { id, name, state, error } of jobs)
      if (!awaited.current.has(id)) continue;
      else if (state === 'done') void message.success(`“${name}”已生成，可在导出任务中下载`, 6);
      else if (state === 'failed') void message.error(`“${name}”导出失败：${error}`, 6);
    awaited.current = new Set(underWay(jobs).map(({ id }) => id));
  }, [jobs, message]);
  return list;
}
