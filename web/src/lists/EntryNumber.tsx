import { EyeOutlined } from '@ant-design/icons';
import type { ListEntry } from '@rexian/contracts';
import { Button, Tooltip } from 'antd';
import { useAction } from '../forms/useChange.ts';
import { client } from '../platform/api.ts';
import { readableNumber } from '../platform/format.ts';

/** Masked; who may sees the whole number in place until the list is left. */
export function EntryNumber({
  entry,
  revealed,
  onReveal,
}: {
  entry: ListEntry;
  revealed?: string;
  onReveal(number: string): void;
}) {
  const reveal = useAction({ run: client.lists.reveal, touches: [] });
  if (revealed) return <b>{readableNumber(revealed)}</b>;
  const show = async () => {
    const answer = await reveal.act({ id: entry.id });
    if (answer) onReveal(answer.number);
  };
  return (
    <>
      {entry.number}
      {entry.can.reveal && (
        <Tooltip title="查看完整号码（查看会记入审计日志）">
          <Button
            className="reveal"
            type="text"
            size="small"
            icon={<EyeOutlined />}
            aria-label="查看完整号码"
            loading={reveal.busy}
            onClick={() => void show()}
          />
        </Tooltip>
      )}
    </>
  );
}
