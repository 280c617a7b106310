/**
 * A photo made small before it is kept: redrawn, so that nothing of where and with what it was taken is left.
 *
 * Only HEIC, which most phones' browsers cannot decode, is kept as it is; the server cleans it.
 */

const SIDES = [1600, 1280, 1024];
const ENOUGH = 300 * 1024;
const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45, 0.35];
const HEIC = /^ftyp(hei[cxms]|hev[cxms]|mif1|msf1)/;

/** The phone could not redraw it, and as it came it would tell too much. */
export class NotSmaller extends Error {}

/**
 * @param {File} file
 * @returns {Promise<{bytes: ArrayBuffer, type: string}>}
 * @throws {DOMException} the file itself cannot be read
 * @throws {NotSmaller}
 */
export async function shrunk(file) {
  const original = await file.arrayBuffer();
  const picture = await decoded(new Blob([original]));
  const blob = picture && (await redrawn(picture));
  picture?.close();
  if (blob) return { bytes: await blob.arrayBuffer(), type: blob.type };
  if (isHeic(original)) return { bytes: original, type: "image/heic" };
  throw new NotSmaller();
}

/** By its bytes: what a file calls itself says nothing. @param {ArrayBuffer} bytes */
const isHeic = (bytes) => HEIC.test(new TextDecoder().decode(bytes.slice(4, 12)));

/** Whole, else smaller while it is decoded: a cheap phone may have no room for the whole. @param {Blob} file */
async function decoded(file) {
  for (const resizeWidth of [undefined, ...SIDES]) {
    try {
      return await createImageBitmap(file, resizeWidth ? { resizeWidth } : {});
    } catch {
      // The next one is smaller.
    }
  }
  return null;
}

/** The first that is small enough; else the smallest there is. @param {ImageBitmap} picture @returns {Promise<Blob | null>} */
async function redrawn(picture) {
  let smallest = null;
  for (const side of SIDES) {
    const canvas = drawn(picture, side);
    for (const quality of canvas ? QUALITIES : []) {
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
      if (!blob) break;
      if (!smallest || blob.size < smallest.size) smallest = blob;
      if (blob.size <= ENOUGH) return blob;
    }
  }
  return smallest;
}

/** @param {ImageBitmap} picture @param {number} side the longest @returns {HTMLCanvasElement | null} */
function drawn(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = "#fff"; // Under what is transparent: JPEG has no such thing.
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
