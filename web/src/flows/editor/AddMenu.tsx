import { type CSSProperties, useEffect, useRef } from 'react';
import type { Place } from '../canvas/layout.ts';
import { Palette } from './Palette.tsx';

/** Where an exit was drawn to: what shall follow there. Goes with Escape or a click elsewhere. */
export function AddMenu({ on, onAdd, onClose }: { on: Place; onAdd(type: string): void; onClose(): void }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const ends = new AbortController();
    const elsewhere = ({ target }: Event) => !root.current?.contains(target as Node) && onClose();
    addEventListener('pointerdown', elsewhere, { signal: ends.signal, capture: true });
    return () => ends.abort();
  }, [onClose]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in what is inside
    <div
      className="add-menu"
      ref={root}
      style={{ '--x': `${on.x}px`, '--y': `${on.y}px` } as CSSProperties}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <Palette onAdd={onAdd} focused />
    </div>
  );
}
