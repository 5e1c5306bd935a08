import type { AnswerTurn } from '@rexian/contracts';
import { secondsToRead } from '../words.ts';

/** What is answered, or what is asked back and answered to each choice, as a tree to be read. */
export function TurnTree({ turn }: { turn: AnswerTurn }) {
  if ('answer' in turn)
    return (
      <p className="turn-answer">
        {turn.answer}
        <small className="muted">
          {turn.answer.length} 字 · 读出约 {secondsToRead(turn.answer)} 秒
        </small>
      </p>
    );
  return (
    <div className="turn-asked">
      <p>
        <b>{turn.ask}</b>
        <span className="turn-slot" title="槽位">
          {turn.slot}
        </span>
      </p>
      <ul>
        {turn.choices.map(({ choice, synonyms, next }) => (
          <li key={choice}>
            <span className="turn-choice">
              {choice}
              {synonyms.length > 0 && <small className="muted">也说：{synonyms.join('、')}</small>}
            </span>
            <TurnTree turn={next} />
          </li>
        ))}
      </ul>
    </div>
  );
}
