// A short sound for each light: rising for go, falling low for stop and for a paper that
// does not count, an alarm for fraud, two knocks for unsure.

const NOTES = { go: [660, 990], stop: [220, 165, 220], paper: [330, 165], fraud: [180, 240, 180, 240], unsure: [440, 440] };
const EACH_S = 0.12;
const MUTED = "shikaku-reader-muted";

/** @type {AudioContext|null} */
let context = null;

export const isMuted = () => localStorage.getItem(MUTED) === "1";

/** @param {boolean} muted */
export const setMuted = (muted) => localStorage.setItem(MUTED, muted ? "1" : "0");

/**
 * Sound what a light says; a browser that plays nothing stays silent.
 * @param {keyof typeof NOTES} light @param {boolean} [isAskedFor] to hear it though it is muted
 */
export function sound(light, isAskedFor = false) {
  navigator.vibrate?.(light === "go" ? 60 : [80, 60, 80]);
  if (isMuted() && !isAskedFor) return;
  context ??= new AudioContext();
  const { currentTime } = context;
  NOTES[light].forEach((pitch, place) => play(pitch, currentTime + place * EACH_S));
}

function play(pitch, at) {
  const [note, volume] = [context.createOscillator(), context.createGain()];
  note.frequency.value = pitch;
  volume.gain.setValueAtTime(0.15, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + EACH_S);
  note.connect(volume).connect(context.destination);
  note.start(at);
  note.stop(at + EACH_S);
}
