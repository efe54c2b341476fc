// Numbers out of a kernel's buffers, and how far they are from the expected ones, in roundings.

/** Size of one rounding of a 24-bit significand, and the smallest normal f32: devices may flush below it. */
const ROUNDING = 2 ** -24;
const SMALLEST_NORMAL = 2 ** -126;

/** The number that the 16 bits of an IEEE half stand for. */
export function halfToNumber(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Readers of one number at a byte offset, by the format's name in the manifest. */
const READERS = {
  u32: (view, at) => view.getUint32(at, true),
  i32: (view, at) => view.getInt32(at, true),
  f32: (view, at) => view.getFloat32(at, true),
  f16: (view, at) => halfToNumber(view.getUint16(at, true)),
};

/** The numbers that one entry of a sample's `values` takes from the bytes of its binding. */
export function readNumbers(entry, bytes) {
  const read = READERS[entry.format];
  if (!read) throw new Error(`values of ${entry.binding}: the format "${entry.format}" is unknown; make the page anew`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float64Array(entry.count);
  for (let k = 0; k < entry.count; k++) numbers[k] = read(view, entry.offset + k * entry.stride);
  return entry.sorted ? numbers.sort() : numbers;
}

/** All numbers of a sample in the manifest's order; `bytesOf` gives a binding's bytes after the dispatch. */
export function readValues(sample, bytesOf) {
  return sample.values.flatMap((entry) => Array.from(readNumbers(entry, bytesOf(entry.binding))));
}

/** The distance of two numbers in roundings of the sum of magnitudes; infinite where one is not a number. */
export function roundings(want, magnitudes, got) {
  if (want === got) return 0;
  const error = Math.abs(got - want) / (magnitudes * ROUNDING + SMALLEST_NORMAL);
  return Number.isNaN(error) ? Infinity : error;
}

/**
 * The largest distance between the numbers and the expected pairs (value, magnitudes).
 * @returns {{roundings: number, at: number, want: number, got: number}} `at` is -1 where all are equal
 */
export function worstDifference(pairs, numbers) {
  if (pairs.length !== 2 * numbers.length) {
    throw new Error(`${pairs.length / 2} values are expected, the kernel gives ${numbers.length}`);
  }
  const worst = { roundings: 0, at: -1, want: NaN, got: NaN };
  numbers.forEach((got, at) => {
    const error = roundings(pairs[2 * at], pairs[2 * at + 1], got);
    if (error > worst.roundings) Object.assign(worst, { roundings: error, at, want: pairs[2 * at], got });
  });
  return worst;
}

/** The f64 numbers of a file, little-endian on every machine. */
export function readDoubles(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, k) => view.getFloat64(8 * k, true));
}
