import { type SmsOptions, type SmsValues, smsText, variablesOf } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, Select, Spin } from 'antd';
import { useMemo } from 'react';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { readableNumber } from '../platform/format.ts';
import { newUuid } from '../platform/newUuid.ts';
import { withoutEmpty } from '../platform/withoutEmpty.ts';
import { Preview } from './Preview.tsx';
import { TextField } from './TextField.tsx';
import './sms.css';

/** Whose caller gets it. */
export type SmsAbout = { contactId: string } | { orderId: string };

type Props = {
  about: SmsAbout;
  /** Written already, in one's own words; without it by the first template. */
  text?: string;
  onSent?(): void;
  onClose(): void;
};

/** In place of a template's code. */
const OWN_WORDS = '';

interface Values {
  template: string;
  text?: string;
  values?: SmsValues;
}

/** 发送短信, beside the phone: by a template or in one's own words. */
export function SendSms({ about, text: given, onSent, onClose }: Props) {
  const [form] = Form.useForm<Values>();
  // What can be sent changes with each message: never what an earlier look has shown.
  const options = useQuery(
    api.sms.options.queryOptions({ input: about, gcTime: 0, staleTime: Number.POSITIVE_INFINITY }),
  );
  const template = Form.useWatch('template', form);
  const text = Form.useWatch('text', form) ?? '';
  const typed = Form.useWatch('values', form);
  const written = options.data ? textOf(options.data, template, text) : '';
  // Another content is another message; the same one again after a lost answer is not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for each content
  const requestId = useMemo(newUuid, [template, written, JSON.stringify(typed)]);
  const send = useChange({ run: client.sms.send, touches: [api.sms.key()], done: '短信已提交发送' });
  const sent = () => {
    onSent?.();
    onClose();
  };
  const submit = ({ template, text, values }: Values) => {
    const content = template === OWN_WORDS ? { text } : { template };
    send.mutate({ ...about, ...content, requestId, values: withoutEmpty(values ?? {}) }, { onSuccess: sent });
  };
  return (
    <FormDrawer<Values>
      title={options.data ? `发送短信至 ${readableNumber(options.data.number)}` : '发送短信'}
      form={form}
      initial={{}}
      okText="发送"
      busy={send.isPending}
      readOnly={options.data?.refused !== null}
      error={send.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {options.data ? (
        <Fields
          options={options.data}
          given={given}
          written={written}
          own={template === OWN_WORDS}
          typed={typed ?? {}}
        />
      ) : options.isLoadingError ? (
        <Failed error={options.error} retry={options.refetch} />
      ) : (
        <Spin className="page-spin" />
      )}
    </FormDrawer>
  );
}

interface FieldsProps {
  options: SmsOptions;
  given: string | undefined;
  /** The text with its variables. */
  written: string;
  /** In one's own words. */
  own: boolean;
  typed: SmsValues;
}

function Fields({ options, given, written, own, typed }: FieldsProps) {
  const { refused, templates, values, maxCharacters } = options;
  const first = given === undefined ? templates[0]?.code : OWN_WORDS;
  return (
    <>
      {refused !== null && <Alert type="warning" showIcon title={`不能发送：${refused}`} className="sms-refused" />}
      <Form.Item name="template" label="模板" initialValue={first ?? OWN_WORDS}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={choicesOf(templates)} />
      </Form.Item>
      {own && (
        <Form.Item name="text" label="内容" initialValue={given} rules={[rule(smsText)]}>
          <TextField />
        </Form.Item>
      )}
      {variablesOf(written)
        .filter((name) => !values[name])
        .map((name) => (
          <Form.Item key={name} name={['values', name]} label={name} rules={[chosen(`请填写${name}`)]}>
            <Input maxLength={200} />
          </Form.Item>
        ))}
      <h3 className="sms-part">预览</h3>
      <Preview text={written} values={{ ...values, ...withoutEmpty(typed) }} maxCharacters={maxCharacters} />
    </>
  );
}

const choicesOf = (templates: SmsOptions['templates']) => [
  ...templates.map(({ code, name }) => ({ value: code, label: name })),
  { value: OWN_WORDS, label: '自拟内容' },
];

function textOf({ templates }: SmsOptions, code: string | undefined, text: string): string {
  if (code === OWN_WORDS) return text;
  return templates.find((template) => template.code === code)?.text ?? '';
}
