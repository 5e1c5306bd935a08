import { MailOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { SendSms, type SmsAbout } from './SendSms.tsx';

/** 发短信 to a caller; nothing for those who may not. */
export function SmsButton({ about }: { about: SmsAbout }) {
  const [open, setOpen] = useState(false);
  if (!may(useViewer(), 'sms.send')) return null;
  return (
    <>
      <Button type="text" size="small" icon={<MailOutlined />} onClick={() => setOpen(true)}>
        发短信
      </Button>
      {open && <SendSms about={about} onClose={() => setOpen(false)} />}
    </>
  );
}
