/**
 * A photo made small before it is kept: redrawn, so that nothing of where and with what it was taken is left.
 *
 * What this browser cannot decode (HEIC, on most phones) is kept as it is; the server cleans it.
 */

const LONGEST_SIDE = 1600;
const ENOUGH = 300 * 1024;
const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45, 0.35];

/**
 * @param {File} file
 * @returns {Promise<{bytes: ArrayBuffer, type: string}>}
 * @throws {DOMException} the file itself cannot be read
 */
export async function shrunk(file) {
  const original = await file.arrayBuffer();
  let picture;
  try {
    picture = await createImageBitmap(new Blob([original], { type: file.type }));
  } catch {
    return { bytes: original, type: file.type };
  }
  const blob = await redrawn(picture);
  picture.close();
  return blob ? { bytes: await blob.arrayBuffer(), type: blob.type } : { bytes: original, type: file.type };
}

/** @param {ImageBitmap} picture @returns {Promise<Blob | null>} */
async function redrawn(picture) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = "#fff"; // Under what is transparent: JPEG has no such thing.
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  let blob = null;
  for (const quality of QUALITIES) {
    blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
    if (!blob || blob.size <= ENOUGH) break;
  }
  return blob;
}
