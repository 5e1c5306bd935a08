/** Runs inside a page before it: keeps what the page plays, and decodes it (`lastPlayed()`). */
(() => {
  const blobs = new Map();
  let address = '';
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const made = createObjectURL(blob);
    blobs.set(made, blob);
    return made;
  };
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function start() {
    address = this.src;
    return play.call(this);
  };
  /** Seconds, and the mean power of its samples (-1…1). */
  window.lastPlayed = async () => {
    const source = blobs.get(address) ?? (await fetch(address));
    const context = new AudioContext();
    const audio = await context.decodeAudioData(await source.arrayBuffer());
    await context.close();
    const samples = audio.getChannelData(0);
    return { seconds: audio.duration, power: samples.reduce((sum, each) => sum + each * each, 0) / samples.length };
  };
})();
