import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { errorText } from '../../platform/errors.ts';

type Props = {
  title: string;
  /** What it means. */
  told: string;
  /** Names the field: 退回原因. */
  label: string;
  okText: string;
  most: number;
  /** May be left empty. */
  isOptional?: boolean;
  isGrave?: boolean;
  busy: boolean;
  error: unknown;
  onSubmit(words: string): void;
  onClose(): void;
};

/** Asks for a few words before something is done. */
export function WordsDialog({
  title,
  told,
  label,
  okText,
  most,
  isOptional = false,
  isGrave = false,
  ...props
}: Props) {
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState(false);
  const send = () => {
    const said = words.trim();
    setMissing(said === '' && !isOptional);
    if (said !== '' || isOptional) props.onSubmit(said);
  };
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText="取消"
      okButtonProps={{ danger: isGrave }}
      confirmLoading={props.busy}
      mask={{ closable: words === '' }}
      onOk={send}
      onCancel={props.onClose}
    >
      <p>{told}</p>
      <Input.TextArea
        autoFocus
        className="words-field"
        aria-label={label}
        placeholder={isOptional ? `${label}（选填）` : label}
        maxLength={most}
        showCount
        autoSize={{ minRows: 3, maxRows: 8 }}
        status={missing ? 'error' : ''}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {missing && (
        <span className="list-wrong" role="alert">
          请填写{label}
        </span>
      )}
      {props.error ? <Alert className="words-error" type="error" showIcon title={errorText(props.error)} /> : null}
    </Modal>
  );
}
