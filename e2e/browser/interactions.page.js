// Runs in a page: notes how long each press takes until the screen has answered, in milliseconds (Event Timing, as INP counts it; nothing
// shorter than 16 ms is told of). `interactions()`: since it was asked last.
(() => {
  const longest = new Map();
  globalThis.interactions = async () => {
    // What was pressed last is told of after it was painted.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 200)));
    const durations = [...longest.values()];
    longest.clear();
    return durations;
  };
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) longest.set(interactionId, Math.max(longest.get(interactionId) ?? 0, duration));
  }).observe({ type: 'event', durationThreshold: 16 });
})();
