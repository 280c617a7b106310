/**
 * Plays a video in place of its face, after the visitor tapped it and not before.
 *
 * Without this script the face is a plain link. With it, a tap swaps the link for the
 * provider's player, if the provider is one that the page's policy lets in.
 */

/** The only places a player is taken from; the policy of the page names the same. */
const PLAYERS = ["https://www.youtube-nocookie.com/", "https://player.vimeo.com/"];

/**
 * The player that stands where the face was.
 *
 * @param {string} address
 * @param {string} title
 * @returns {HTMLIFrameElement}
 */
function player(address, title) {
  const frame = document.createElement("iframe");
  frame.className = "frame";
  frame.title = title;
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  frame.allowFullscreen = true;
  // Players refuse to play for a page that does not say where it stands.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = address;
  return frame;
}

/**
 * @param {MouseEvent} event
 * @returns {void}
 */
function play(event) {
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const target = event.target;
  const face = target instanceof Element ? target.closest("a.video[data-embed]") : null;
  if (!plain || !(face instanceof HTMLAnchorElement)) {
    return;
  }
  const address = face.dataset.embed ?? "";
  if (!PLAYERS.some((origin) => address.startsWith(origin))) {
    return;
  }
  event.preventDefault();
  const frame = player(address, face.querySelector("b")?.textContent ?? "");
  face.replaceWith(frame);
  frame.focus();
}

document.addEventListener("click", play);
