/** What WebRTC says about the line (W3C webrtc-stats). Counters rise during a call; levels are 0…1. */
export type LineStatistics = {
  packetsReceived: number;
  packetsLost: number;
  packetsSent: number;
  jitterMs: number;
  roundTripMs: number | null;
  receivedLevel: number;
  /** Σ level² · seconds of decoded audio: rises only when something audible arrives. */
  receivedEnergy: number;
  sentLevel: number;
  sentEnergy: number;
};

export type LineGrade = 'good' | 'fair' | 'poor' | 'silent';

const empty: LineStatistics = {
  packetsReceived: 0,
  packetsLost: 0,
  packetsSent: 0,
  jitterMs: 0,
  roundTripMs: null,
  receivedLevel: 0,
  receivedEnergy: 0,
  sentLevel: 0,
  sentEnergy: 0,
};

type Report = { type: string; kind?: string; [field: string]: unknown };

const count = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** Picks the audio figures out of RTCPeerConnection.getStats(). */
export function readStatistics(reports: Iterable<Report>): LineStatistics {
  const result = { ...empty };
  for (const report of reports) {
    if (report.kind !== 'audio') continue;
    if (report.type === 'inbound-rtp') {
      result.packetsReceived += count(report.packetsReceived);
      result.packetsLost += count(report.packetsLost);
      result.jitterMs = Math.round(count(report.jitter) * 1_000);
      result.receivedLevel = count(report.audioLevel);
      result.receivedEnergy += count(report.totalAudioEnergy);
    } else if (report.type === 'outbound-rtp') {
      result.packetsSent += count(report.packetsSent);
    } else if (report.type === 'media-source') {
      result.sentLevel = count(report.audioLevel);
      result.sentEnergy += count(report.totalAudioEnergy);
    } else if (report.type === 'remote-inbound-rtp' && typeof report.roundTripTime === 'number') {
      result.roundTripMs = Math.round(report.roundTripTime * 1_000);
    }
  }
  return result;
}

/** Grades the interval between two readings: loss, jitter and delay as people hear them (after ITU-T G.107). */
export function gradeLine(before: LineStatistics, after: LineStatistics): LineGrade {
  const received = after.packetsReceived - before.packetsReceived;
  const lost = Math.max(0, after.packetsLost - before.packetsLost);
  if (received <= 0) return 'silent';
  const loss = lost / (lost + received);
  const delay = after.roundTripMs ?? 0;
  if (loss > 0.05 || after.jitterMs > 60 || delay > 600) return 'poor';
  if (loss > 0.015 || after.jitterMs > 30 || delay > 300) return 'fair';
  return 'good';
}
