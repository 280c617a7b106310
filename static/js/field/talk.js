/** One question to the site at a time. What is not clearly our answer is no answer at all. */

/** No network, too slow, a captive portal, a proxy's page, an error of the server: try again later. */
export class NoAnswer extends Error {
  /** @param {string} message @param {number} [status] where it was the site itself that could not */
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/** The site said no, and why; `code` is one of docs/sync.md. */
export class Refusal extends Error {
  /** @param {number} status @param {{error: string, message?: string, faults?: any[]}} body */
  constructor(status, body) {
    super(body.message ?? "");
    this.status = status;
    this.code = body.error;
    this.faults = body.faults ?? [];
  }
}

const LATER = new Set([408, 425, 429]);
/** @type {string} what the server gave us to show that a request is of our own page */
let token = "";
/** @param {string} fresh */
export const holdToken = (fresh) => (token = fresh);

/**
 * @param {string} method
 * @param {string} path
 * @param {{person?: string, headers?: Record<string, string>, body?: BodyInit, wait?: number}} [more]
 * @returns {Promise<{status: number, headers: Headers, content: any}>}
 * @throws {NoAnswer | Refusal}
 */
export async function ask(method, path, { person, headers = {}, body, wait = 20_000 } = {}) {
  const control = new AbortController();
  const tired = setTimeout(() => control.abort(), wait);
  try {
    const guard = person ? { "X-Person": person, "X-CSRFToken": token } : {};
    const answer = await fetch(path, {
      method,
      body,
      headers: { Accept: "application/json", ...guard, ...headers },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: control.signal,
    });
    return await read(answer);
  } catch (error) {
    if (error instanceof Refusal || error instanceof NoAnswer) throw error;
    throw new NoAnswer(String(error));
  } finally {
    clearTimeout(tired);
  }
}

/** @param {Response} answer */
async function read(answer) {
  const { status, headers } = answer;
  if (headers.get("X-Mobilizer") === null) throw new NoAnswer("not ours");
  if (status >= 500 || LATER.has(status)) throw new NoAnswer("not now", status);
  const isJson = (headers.get("Content-Type") ?? "").startsWith("application/json");
  const text = await answer.text();
  if (text && !isJson) throw new NoAnswer("not JSON");
  const content = text ? JSON.parse(text) : null;
  if (answer.ok) return { status, headers, content };
  if (content && typeof content.error !== "string") throw new NoAnswer("not ours");
  throw new Refusal(status, content ?? { error: String(status) });
}
