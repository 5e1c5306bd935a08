/** How long nobody has touched this page: what it asks by itself must not keep a session alive that its person has left. */

let lastTouched = Date.now();
/** While somebody works without touching it (an agent at the desk listens and waits), the page counts as touched. */
let working: () => boolean = () => false;

for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
  window.addEventListener(
    event,
    () => {
      lastTouched = Date.now();
    },
    { capture: true, passive: true },
  );

/** Says when this page is in use though nobody touches it. */
export function countAsWorking(test: () => boolean): void {
  working = test;
}

/** Whole seconds since the last touch. */
export const idleSeconds = (): number => (working() ? 0 : Math.floor((Date.now() - lastTouched) / 1000));
