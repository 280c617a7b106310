/** A ZIP file, stored and not compressed: what cannot be sent is carried by hand (docs/sync.md). */

import { written } from "./outbox.js";

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** What both headers of a file say of it: nothing flagged but UTF-8 names, stored, 1 January 1980. */
function common(view, at, crc, size, length) {
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, 0x0800, true);
  view.setUint16(at + 8, 0x21, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, length, true);
}

/**
 * @param {[string, ArrayBuffer][]} files
 * @returns {Blob}
 */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of files) {
    const title = new TextEncoder().encode(name);
    const crc = crc32(new Uint8Array(content));
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    common(local, 4, crc, content.byteLength, title.length);
    const central = new DataView(new ArrayBuffer(46));
    central.setUint32(0, 0x02014b50, true);
    central.setUint16(4, 20, true);
    common(central, 6, crc, content.byteLength, title.length);
    central.setUint32(42, offset, true);
    parts.push(local, title, content);
    directory.push(central, title);
    offset += 30 + title.length + content.byteLength;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, directory.reduce((sum, one) => sum + one.byteLength, 0), true);
  end.setUint32(16, offset, true);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

/**
 * Everything unsent of a person as a download; nothing leaves the phone's storage by it.
 *
 * @param {import("./db.js").Store} store
 */
export async function exportUnsent(store) {
  const now = new Date().toISOString();
  const begun = (await store.all("drafts")).map((draft) => written(draft, now));
  const items = [...(await store.all("outbox")), ...begun];
  const outbox = {
    person: store.person,
    made_at: now,
    items: items.map(({ path, body }) => ({ path, body: new TextDecoder().decode(body) })),
  };
  const files = [["outbox.json", new TextEncoder().encode(JSON.stringify(outbox)).buffer]];
  for (const { id } of items.flatMap((one) => one.media)) {
    const media = await store.get("media", id);
    if (media) files.push([`media/${id}`, media.bytes]);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(zip(files));
  link.download = `mobilizer-${outbox.made_at.slice(0, 10)}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
