import { promptsIn } from '@rexian/flows/templates.ts';
import { may, useViewer } from '../../../auth/viewer.ts';
import { ListenButton } from '../../../platform/ListenButton.tsx';
import { useOptions } from '../options.tsx';
import { useEditing } from '../state.ts';
import { type FieldProps, useText } from './field.ts';
import { GrowingText } from './GrowingText.tsx';
import { InsertVariable } from './InsertVariable.tsx';
import { insertById } from './insert.ts';
import { hearText, useListeningHere } from './listening.ts';
import { PromptCard } from './PromptCard.tsx';
import { PromptLibrary } from './PromptLibrary.tsx';
import { exampleScope, variablesOf } from './variables.ts';

/** What callers hear: words, variables, and prompts of the library. */
export function PromptField({ field, id, shape, value, disabled, status, onChange }: FieldProps) {
  const { text, type, leave } = useText({ value, shape, onChange });
  const { options } = useOptions();
  const { stateOf, toggle } = useListeningHere();
  const { current } = useEditing();
  const speaks = may(useViewer(), 'prompts.manage');
  const hear = () => hearText(text, options?.prompts ?? [], exampleScope(variablesOf(current()), field.locals));
  return (
    <div className="text-field">
      <GrowingText
        id={id}
        value={text}
        rows={shape.required ? 2 : 1}
        most={10}
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
