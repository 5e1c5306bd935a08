import { BranchesOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { lazy, Suspense, useState } from 'react';

/** The drawing comes when it is asked for: most who look at a call don't. */
const Replay = lazy(() => import('./Replay.tsx'));

/** Opens the way of a call through its flows. */
export function PathButton({ contactId }: { contactId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" icon={<BranchesOutlined />} onClick={() => setOpen(true)}>
        流程轨迹
      </Button>
      {open && (
        <Suspense fallback={<Spin fullscreen />}>
          <Replay contactId={contactId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
