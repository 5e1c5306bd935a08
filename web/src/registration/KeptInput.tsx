import { Button, Input, type InputProps } from 'antd';

type Props = Omit<InputProps, 'value' | 'onChange'> & {
  /** null: as it is stored; empty: nothing, what is stored goes. */
  value: string | null;
  /** As the server shows what is stored: masked. Empty: nothing is. */
  kept: string;
  onChange(value: string | null): void;
};

/** Of what only the server knows in clear: it stays until something else is typed, or goes by a button of its own. */
export function KeptInput({ value, kept, onChange, ...input }: Props) {
  const isGone = value === '' && kept !== '';
  const act = isGone ? '恢复' : '清除';
  return (
    <Input
      {...input}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' && kept !== '' ? null : target.value)}
      placeholder={isGone ? `已清除 ${kept}` : kept}
      suffix={
        kept !== '' && !value && !input.disabled ? (
          <Button type="link" size="small" aria-label={`${act} ${kept}`} onClick={() => onChange(isGone ? null : '')}>
            {act}
          </Button>
        ) : (
          <span />
        )
      }
    />
  );
}
