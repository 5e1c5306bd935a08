/**
 * Runs inside the pages: a tone of its own replaces the microphone, unprocessed (Chromium's noise suppression takes steady tones for
 * noise), and what arrives is kept for measuring. `myVoice`: frequency in hertz, set before.
 */
{
  let context = null;
  const audio = () => {
    context ??= new AudioContext();
    void context.resume();
    return context;
  };
  const tone = () => {
    const oscillator = new OscillatorNode(audio(), { frequency: window.myVoice });
    const out = audio().createMediaStreamDestination();
    oscillator.connect(new GainNode(audio(), { gain: 0.3 })).connect(out);
    oscillator.start();
    return out.stream;
  };
  navigator.mediaDevices.getUserMedia = async () => tone();

  let ears = null;
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        ears = new AnalyserNode(audio(), { fftSize: 32_768 });
        audio()
          .createMediaStreamSource(new MediaStream([track]))
          .connect(ears);
      });
    }
  };

  /** The power over the last 0.7 s, and each frequency's share of it (Goertzel on a Hann window). */
  window.listen = (frequencies) => {
    if (!ears) return { power: 0, shares: frequencies.map(() => 0) };
    const samples = new Float32Array(ears.fftSize);
    ears.getFloatTimeDomainData(samples);
    const hann = samples.map((_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (samples.length - 1)));
    const weight = hann.reduce((sum, each) => sum + each, 0);
    const power = samples.reduce((sum, x, i) => sum + hann[i] * x * x, 0) / weight;
    const shares = frequencies.map((frequency) => {
      const turn = 2 * Math.cos((2 * Math.PI * frequency) / ears.context.sampleRate);
      let before = 0;
      let last = 0;
      for (let i = 0; i < samples.length; i++) [before, last] = [last, hann[i] * samples[i] + turn * last - before];
      const squared = Math.max(0, before * before + last * last - turn * before * last);
      return power > 0 ? (2 * squared) / (weight * weight) / power : 0;
    });
    return { power, shares };
  };
}
