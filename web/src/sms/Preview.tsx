import { renderTemplate, type SmsValues, smsLength } from '@rexian/contracts';

type Props = { text: string; values: SmsValues; maxCharacters: number };

/** What the phone will show, and what it costs. */
export function Preview({ text, values, maxCharacters }: Props) {
  const rendered = renderTemplate(text, values).text;
  const { characters, segments } = smsLength(rendered);
  return (
    <figure className="sms-preview">
      <blockquote>{rendered || <span className="muted">短信内容</span>}</blockquote>
      <figcaption className="muted num" data-wrong={characters > maxCharacters || undefined}>
        {characters} 字，按 {segments} 条计费
        {characters > maxCharacters && `，超过 ${maxCharacters} 字`}
      </figcaption>
    </figure>
  );
}
