// A suggestion is answered by one key, and the next one comes; new ones appear where they stand.
const entryOf = (one) => {
  const sentence = one?.closest?.("#reader .s.suggested");
  return one?.closest?.("#suggestions .suggestion") || (sentence && document.querySelector(`#suggestions [data-sentence="${sentence.id}"]`));
};

function go(sentence) {
  if (!sentence) return;
  sentence.tabIndex = -1; // as in keys.js: focusable only now
  sentence.focus();
  sentence.scrollIntoView({ block: "nearest" });
}

// The next one has the focus before the answer is there: a second press is for that one, and
// what is swapped in leaves the focus there.
function leave(entry) {
  if (!entry || entryOf(document.activeElement) !== entry) return;
  const next = entry.nextElementSibling || entry.previousElementSibling;
  if (!entry.contains(document.activeElement)) return go(next && document.getElementById(next.dataset.sentence));
  const state = document.activeElement.value;
  const title = document.getElementById("suggestions-title");
  (next?.querySelector(`[value=${state}]`) || title).focus();
}
document.addEventListener("htmx:beforeRequest", (event) => leave(event.target.closest?.("#suggestions .suggestion")));

// Only what the person is on is answered; a key pressed elsewhere goes to the first one.
function answer(state) {
  const entry = entryOf(document.activeElement);
  if (!entry) return step("#reader .s.suggested", 1);
  entry.querySelector(`[value=${state}]`)?.click();
  leave(entry); // the answer may have to wait for the one before it
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#suggestions a[href^='#s-']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(document.getElementById(link.hash.slice(1)));
});

// Suggestions that come later are marked without touching the words: somebody may have selected some.
document.addEventListener("htmx:load", (event) => {
  if (event.target.id !== "suggestions") return;
  for (const entry of event.target.querySelectorAll(".suggestion")) {
    const sentence = document.getElementById(entry.dataset.sentence);
    if (!sentence || sentence.querySelector(":scope > .cue")) continue;
    const cue = document.createElement("span");
    cue.className = "cue";
    cue.textContent = `${event.target.dataset.cue} `;
    sentence.prepend(cue);
    sentence.classList.add("suggested");
  }
});
