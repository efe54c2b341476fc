// An export as one block of bytes, for a page to carry: the manifest, each file once, compressed together.

import { filesOf } from "./check.js";

/** What a stream gives, as bytes. */
async function collect(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Gzip of: the header's length (u32, little-endian), the header (JSON: manifest, [offset, length] by file), the files. */
export async function pack({ manifest, bytes }) {
  const names = [...new Set(manifest.samples.flatMap(filesOf))];
  const files = {};
  let end = 0;
  for (const name of names) {
    const { byteLength } = bytes(name);
    files[name] = [end, byteLength];
    end += byteLength;
  }
  const header = new TextEncoder().encode(JSON.stringify({ manifest, files }));
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, header.byteLength, true);
  return collect(new Blob([length, header, ...names.map(bytes)]).stream().pipeThrough(new CompressionStream("gzip")));
}

/** The export in a packed block. */
export async function unpack(packed) {
  const all = await collect(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
  const start = 4 + new DataView(all.buffer).getUint32(0, true);
  const { manifest, files } = JSON.parse(new TextDecoder().decode(all.subarray(4, start)));
  const bytes = (name) => {
    const [offset, length] = files[name];
    return all.subarray(start + offset, start + offset + length);
  };
  return { manifest, bytes };
}
