import { CustomerServiceOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useOptions } from '../options.tsx';
import { PromptCard } from './PromptCard.tsx';

/** Shown at a time; more are found by searching. */
const SHOWN = 50;

type Props = { onChoose(name: string): void };

/** 语音库: one of its prompts goes into the text by its name. */
export function PromptLibrary({ onChoose }: Props) {
  const [open, setOpen] = useState(false);
  const choose = (name: string) => {
    setOpen(false);
    onChoose(name);
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      open={open}
      onOpenChange={setOpen}
      content={<Library onChoose={choose} />}
    >
      <Button size="small" icon={<CustomerServiceOutlined />}>
        语音库
      </Button>
    </Popover>
  );
}

function Library({ onChoose }: Props) {
  const { options } = useOptions();
  const [search, setSearch] = useState('');
  const all = options?.prompts ?? [];
  const found = all.filter(({ name, text }) => name.includes(search.trim()) || text.includes(search.trim()));
  return (
    <div className="prompt-library">
      <Input
        autoFocus
        allowClear
        placeholder="搜索名称或文字"
        aria-label="搜索语音"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <ul>
        {found.slice(0, SHOWN).map(({ id, name }) => (
          <li key={id}>
            <PromptCard name={name} />
            <Button size="small" type="primary" ghost onClick={() => onChoose(name)}>
              插入
            </Button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && <p className="muted">还有 {found.length - SHOWN} 条，请输入关键字查找</p>}
      {found.length === 0 && <p className="muted">{all.length === 0 ? '语音库中还没有语音' : '没有符合条件的语音'}</p>}
    </div>
  );
}
