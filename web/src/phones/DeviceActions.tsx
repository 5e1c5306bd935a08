import type { Device } from '@rexian/contracts';
import { Button } from 'antd';
import { useAction } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { api, client } from '../platform/api.ts';
import type { ShownAccount } from './AccountShown.tsx';

type Props = { device: Device; onChange(): void; onRenewed(account: ShownAccount): void };

export function DeviceActions({ device, onChange, onRenewed }: Props) {
  const { id, name, label, inUseBy } = device;
  const confirm = useConfirm();
  const renew = useAction({
    run: async () => onRenewed(await client.phones.renew({ id })),
    touches: [api.phones.key()],
  });
  const remove = useAction({ run: client.phones.remove, touches: [api.phones.key()], done: `已删除话机 ${name}` });
  const askRenew = () =>
    confirm({
      title: `更换话机“${label}”（${name}）的密码？`,
      content: '原密码立即失效，话机须填入新密码才能重新注册。',
      okText: '更换',
      run: () => renew.act(undefined),
    });
  const askRemove = () =>
    confirm({
      title: `删除话机“${label}”（${name}）？`,
      content: '删除后该话机不能再注册，也不能用它签入。',
      okText: '删除',
      run: () => remove.act({ id }),
    });
  // Whoever is signed in with it may be in a call.
  const used = inUseBy === null ? {} : { disabled: true, title: `${inUseBy}正用它签入` };
  return (
    <>
      <Button type="link" size="small" onClick={onChange}>
        修改
      </Button>
      <Button type="link" size="small" {...used} onClick={askRenew}>
        换密码
      </Button>
      <Button type="link" size="small" danger {...used} onClick={askRemove}>
        删除
      </Button>
    </>
  );
}
