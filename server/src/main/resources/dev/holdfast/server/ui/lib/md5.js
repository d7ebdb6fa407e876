/**
 * MD5 (RFC 1321), which browsers do not offer and the API's digest needs. It guards one request; the key it is made with
 * is random, and no hash of it is kept.
 */

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
const SINES = Array.from({length: 64}, (unused, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32) | 0);

/** The hash of a text in UTF-8, in lower-case hexadecimal. */
export function md5(text) {
  const words = padded(new TextEncoder().encode(text));
  const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let from = 0; from < words.length; from += 16) {
    mix(state, words, from);
  }
  return state.map(hex).join('');
}

function padded(bytes) {
  const blocks = ((bytes.length + 8) >>> 6) + 1;
  const words = new Int32Array(blocks * 16);
  bytes.forEach((byte, place) => {
    words[place >> 2] |= byte << ((place % 4) * 8);
  });
  words[bytes.length >> 2] |= 0x80 << ((bytes.length % 4) * 8);
  words[words.length - 2] = bytes.length << 3;
  words[words.length - 1] = bytes.length >>> 29;
  return words;
}

function mix(state, words, from) {
  let [a, b, c, d] = state;
  for (let step = 0; step < 64; step += 1) {
    const round = step >> 4;
    const [chosen, place] = choice(round, step, b, c, d);
    const sum = (a + chosen + SINES[step] + words[from + place]) | 0;
    const shift = SHIFTS[round][step % 4];
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  state[0] = (state[0] + a) | 0;
  state[1] = (state[1] + b) | 0;
  state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0;
}

function choice(round, step, b, c, d) {
  switch (round) {
    case 0:
      return [(b & c) | (~b & d), step];
    case 1:
      return [(d & b) | (~d & c), (5 * step + 1) % 16];
    case 2:
      return [b ^ c ^ d, (3 * step + 5) % 16];
    default:
      return [c ^ (b | ~d), (7 * step) % 16];
  }
}

function hex(word) {
  return [0, 8, 16, 24].map((bits) => ((word >>> bits) & 0xff).toString(16).padStart(2, '0')).join('');
}
