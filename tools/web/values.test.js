// What counts as equal: the rule of src/twin.rs, and the formats that kernels write.

import assert from "node:assert/strict";
import { test } from "node:test";
import { halfToNumber, readDoubles, readNumbers, roundings, worstDifference } from "./values.js";

test("roundings are counted in the sum of magnitudes", () => {
  assert.equal(roundings(1, 3, 1 + 6 * 2 ** -24).toFixed(6), "2.000000");
  assert.equal(roundings(0, 0, 2 ** -126), 1);
  assert.equal(roundings(7, 7, 7), 0);
});

test("what is not a number is infinitely far", () => {
  assert.equal(roundings(1, 1, NaN), Infinity);
  assert.equal(roundings(NaN, 1, 1), Infinity);
  assert.equal(roundings(NaN, NaN, NaN), Infinity);
  assert.equal(roundings(1, 1, Infinity), Infinity);
  assert.equal(roundings(Infinity, Infinity, Infinity), 0);
});

test("the worst difference says where it is", () => {
  const worst = worstDifference([1, 1, 2, 1, 3, 1], [1, 2.5, 3.25]);
  assert.deepEqual([worst.at, worst.want, worst.got], [1, 2, 2.5]);
  assert.equal(worstDifference([1, 1], [1]).at, -1);
  assert.throws(() => worstDifference([1, 1], [1, 2]), /1 values are expected, the kernel gives 2/);
});

test("halves: zero, one, largest, smallest, infinity, not a number", () => {
  const cases = [[0, 0], [0x3c00, 1], [0x7bff, 65504], [1, 2 ** -24], [0xc000, -2], [0x7c00, Infinity], [0xfc00, -Infinity]];
  for (const [bits, number] of cases) assert.equal(halfToNumber(bits), number);
  assert.ok(Object.is(halfToNumber(0x8000), -0));
  assert.ok(Number.isNaN(halfToNumber(0x7e00)));
});

test("numbers are read by offset, stride and format, also from the middle of a file", () => {
  const words = new Uint32Array([99, 5, 7, 0xffffffff, 7, 1, 7]);
  const bytes = new Uint8Array(words.buffer, 4);
  const entry = { binding: "x", offset: 0, stride: 8, count: 3, format: "u32", sorted: false };
  assert.deepEqual([...readNumbers(entry, bytes)], [5, 0xffffffff, 1]);
  assert.deepEqual([...readNumbers({ ...entry, format: "i32", sorted: true }, bytes)], [-1, 1, 5]);
  assert.throws(() => readNumbers({ ...entry, format: "f8" }, bytes), /"f8" is unknown/);
  assert.throws(() => readNumbers({ ...entry, count: 4 }, bytes), RangeError);
});

test("doubles are little-endian", () => {
  assert.deepEqual([...readDoubles(new Uint8Array([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]))], [1]);
});
