import { Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useBlocker } from 'react-router';

/** Saves before the editor is left for another page; asks only when that can't be done. */
export function LeavingGuard({ saved, save }: { saved: boolean; save(): Promise<boolean> }) {
  const [asks, setAsks] = useState(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => !saved && currentLocation.pathname !== nextLocation.pathname,
  );
  const { state, proceed, reset } = blocker;
  useEffect(() => {
    if (state !== 'blocked') return;
    let here = true;
    void save().then((done) => {
      if (!here) return;
      if (done) proceed?.();
      else setAsks(true);
    });
    return () => {
      here = false;
    };
  }, [state, save, proceed]);
  return (
    <Modal
      open={asks && state === 'blocked'}
      title="修改尚未保存，确定离开？"
      okText="离开"
      cancelText="留在此页"
      okButtonProps={{ danger: true }}
      onOk={() => {
        setAsks(false);
        proceed?.();
      }}
      onCancel={() => {
        setAsks(false);
        reset?.();
      }}
    >
      未保存的修改将保留在本机，下次打开时可以恢复。
    </Modal>
  );
}
