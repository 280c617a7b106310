/**
 * Solves the puzzles of a stamp, away from the page: for each a number with which SHA-256 of
 * "stamp:puzzle:number" begins with so many zero bits. The server checks it by mobilizer/requests.
 *
 * Hashed here and not by the browser's own crypto: that answers each time a little later, and is
 * made for long texts; here a hundred thousand short ones are wanted, one after the other.
 */

/** The square roots of the first primes, as SHA-256 begins; the cube roots, as it goes on. */
const PRIMES = primes(64);
const BEGIN = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
/** A text must leave room in one block for a bit and its length. */
const ROOM = 55;
const words = new Int32Array(64);

/**
 * @param {number} many
 * @returns {number[]}
 */
function primes(many) {
  const found = [];
  for (let number = 2; found.length < many; number += 1) {
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  }
  return found;
}

/**
 * The first 32 bits behind the point.
 *
 * @param {number} root
 * @returns {number}
 */
function fraction(root) {
  return ((root - Math.floor(root)) * 0x100000000) | 0;
}

/**
 * The first 32 bits of a short text's SHA-256.
 *
 * @param {string} text plain ASCII, short enough for one block
 * @returns {number}
 */
export function head(text) {
  if (text.length > ROOM) throw new RangeError("longer than one block");
  words.fill(0, 0, 16);
  for (let at = 0; at < text.length; at += 1) {
    words[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  }
  words[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  words[15] = text.length * 8;
  for (let at = 16; at < 64; at += 1) {
    const near = words[at - 2];
    const far = words[at - 15];
    const first = ((near >>> 17) | (near << 15)) ^ ((near >>> 19) | (near << 13)) ^ (near >>> 10);
    const second = ((far >>> 7) | (far << 25)) ^ ((far >>> 18) | (far << 14)) ^ (far >>> 3);
    words[at] = (words[at - 16] + second + words[at - 7] + first) | 0;
  }
  let [a, b, c, d, e, f, g, h] = BEGIN;
  for (let at = 0; at < 64; at += 1) {
    const turned = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const chosen = (e & f) ^ (~e & g);
    const one = (h + turned + chosen + ROUNDS[at] + words[at]) | 0;
    const other = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const most = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + other + most) | 0;
  }
  return (BEGIN[0] + a) >>> 0;
}

/**
 * @param {string} stamp
 * @param {number} puzzles
 * @param {number} bits
 * @returns {string} a number for each puzzle, with points between
 */
export function solve(stamp, puzzles, bits) {
  const below = 2 ** (32 - bits);
  const found = [];
  for (let at = 0; at < puzzles; at += 1) {
    let number = 0;
    while (head(`${stamp}:${at}:${number}`) >= below) number += 1;
    found.push(number);
  }
  return found.join(".");
}

self.onmessage = (message) => {
  const { stamp, puzzles, bits } = message.data;
  self.postMessage(solve(stamp, puzzles, bits));
};
