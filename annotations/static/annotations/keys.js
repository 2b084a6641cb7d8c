// The whole desk by keyboard; ? shows the keys, and they can be switched off.
const on = () => localStorage.getItem("keys") !== "off";
document.addEventListener("focusout", (event) => { if (event.target.matches?.(".s")) event.target.removeAttribute("tabindex"); });
const focused = () => document.activeElement?.closest?.("#reader .s");

function step(selector, by) {
  const all = [...document.querySelectorAll(selector)];
  const here = document.activeElement;
  let at = all.findIndex((one) => one === here || one.contains(here));
  if (at < 0) {
    // From where the reader is: the last one before the focus, or the first on the screen.
    const next = here?.closest?.("#reader")
      ? all.findIndex((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
      : all.findIndex((one) => one.getBoundingClientRect().top > 0);
    at = next < 0 ? all.length : by > 0 ? next - 1 : next;
  }
  const there = all[Math.max(0, Math.min(all.length - 1, at + by))];
  getSelection().removeAllRanges();
  if (!there) return;
  // Focusable only now: a mouse that begins a selection on a focusable sentence loses its first letter.
  if (there.matches(".s")) there.tabIndex = -1;
  there.focus();
  there.scrollIntoView({ block: "nearest" });
}

function word(direction, more) {
  const sentence = focused();
  const selection = getSelection();
  if (!sentence) return false;
  if (!sentence.contains(selection.anchorNode)) {
    selection.collapse(sentence, direction > 0 ? 0 : sentence.childNodes.length);
  } else if (!more) {
    direction > 0 ? selection.collapseToEnd() : selection.collapseToStart();
  }
  selection.modify("extend", direction > 0 ? "forward" : "backward", "word");
  return true;
}

function make() {
  const toolbar = document.getElementById("toolbar");
  if (!toolbar) return;
  show(); // the words selected now: a quick hand is here before the toolbar is
  if (!toolbar.hidden) return document.getElementById("make").click();
  focused()?.nextElementSibling?.matches(".take") && focused().nextElementSibling.click();
}

function into(selector) {
  const field = document.querySelector(selector);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
}

const KEYS = {
  j: () => step("#reader .s", 1),
  k: () => step("#reader .s", -1),
  g: () => step("#reader .s.suggested", 1),
  h: () => step("#reader .s.suggested", -1),
  a: () => answer("accepted"),
  x: () => answer("rejected"),
  n: () => step("#reader .flag, .carriage.waiting", 1),
  p: () => step("#reader .flag, .carriage.waiting", -1),
  c: make,
  o: () => (document.activeElement.matches(".flag") ? document.activeElement : focused()?.querySelector(".flag"))?.click(),
  e: () => into("#claim-statement"),
  s: () => into("#attach-address"),
  r: () => document.querySelector("[data-key=r]")?.click(),
  u: () => document.querySelector("[data-key=u]")?.click(),
  "?": () => document.getElementById("keys")?.showModal(),
};

// A button that names its key, in the passage that has the focus or else on the page.
function marked(key) {
  const near = document.activeElement.closest(".carriage") ?? document.querySelector(".carriage.waiting, .panel.carriage");
  const button = near?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  return button && (() => button.click());
}

document.addEventListener("keydown", (event) => {
  // A dialog that has just been closed may have the focus until the next frame.
  const typing = !event.target.closest("dialog:not([open])") && event.target.closest("input, textarea, select");
  if (event.key === "Escape" && typing) return document.getElementById("panel-title")?.focus();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return event.target.form?.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey || typing || event.target.closest("dialog[open]")) return;
  if (event.key === "Escape") {
    if (!getSelection().isCollapsed) event.preventDefault();
    return getSelection().removeAllRanges();
  }
  if (!on()) return;
  const arrow = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (arrow && word(arrow, event.shiftKey)) return event.preventDefault();
  if (event.key === "Enter" && focused() === event.target) return make();
  const act = marked(event.key) ?? KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => { if (event.target.closest?.("#show-keys")) KEYS["?"](); });
document.addEventListener("change", (event) => { if (event.target.id === "keys-on") localStorage.setItem("keys", event.target.checked ? "on" : "off"); });
function ready() {
  const button = document.getElementById("show-keys");
  if (button) button.hidden = false;
  const box = document.getElementById("keys-on");
  if (box) box.checked = on();
}
document.addEventListener("htmx:historyRestore", ready);
document.addEventListener("htmx:load", ready);
ready();
