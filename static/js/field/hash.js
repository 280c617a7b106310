/** @param {ArrayBuffer | Uint8Array} bytes @returns {Promise<string>} SHA-256 in hexadecimal */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
