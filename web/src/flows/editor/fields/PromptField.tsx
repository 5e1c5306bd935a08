import { promptsIn } from '@rexian/flows/templates.ts';
import { Input } from 'antd';
import { may, useViewer } from '../../../auth/viewer.ts';
import { ListenButton } from '../../../platform/ListenButton.tsx';
import { useOptions } from '../options.tsx';
import { type FieldProps, useText } from './field.ts';
import { InsertVariable } from './InsertVariable.tsx';
import { insertById } from './insert.ts';
import { hearText, useListeningHere } from './listening.ts';
import { PromptCard } from './PromptCard.tsx';
import { PromptLibrary } from './PromptLibrary.tsx';
import { exampleScope, useVariables } from './variables.ts';

/** What callers hear: words, variables, and prompts of the library. */
export function PromptField({ field, id, shape, value, disabled, status, onChange }: FieldProps) {
  const { text, type, leave } = useText({ value, shape, onChange });
  const { options } = useOptions();
  const { stateOf, toggle } = useListeningHere();
  const own = useVariables();
  const speaks = may(useViewer(), 'prompts.manage');
  const hear = () => hearText(text, options?.prompts ?? [], exampleScope(own, field.locals));
  return (
    <div className="text-field">
      <Input.TextArea
        id={id}
        value={text}
        autoSize={{ minRows: shape.required ? 2 : 1, maxRows: 10 }}
        {...(shape.maxLength ? { maxLength: shape.maxLength } : {})}
        disabled={disabled}
        status={status}
        onChange={({ target }) => type(target.value)}
        onBlur={leave}
      />
      <footer>
        {speaks && (
          <ListenButton
            state={stateOf(id)}
            label={field.label}
            disabled={!text.trim()}
            onClick={() => toggle(id, hear)}
          >
            试听
          </ListenButton>
        )}
        {!disabled && (
          <>
            <InsertVariable
              field={field}
              spoken
              write={(name, reading) => (reading ? `{${name}:${reading}}` : `{${name}}`)}
              onInsert={(place) => insertById(id, place)}
            />
            <PromptLibrary onChoose={(name) => insertById(id, `{{${name}}}`)} />
          </>
        )}
      </footer>
      {[...new Set(promptsIn(text))].map((name) => (
        <PromptCard key={name} name={name} />
      ))}
    </div>
  );
}
