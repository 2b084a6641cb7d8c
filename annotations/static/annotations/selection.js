// Selected words of the article bring up a toolbar that makes a claim of them.
const OURS = ".flag, .take, .cue"; // what stands among the words and is not the article's

function wordsOf(range) {
  const part = range.cloneContents();
  part.querySelectorAll(OURS).forEach((node) => node.remove());
  return part.textContent;
}

// The words of `range`, those around them, and the blocks they stand in. No offsets: what a
// browser counts are UTF-16 units, and the server finds the words itself.
function described(range) {
  const touched = [...document.querySelectorAll("#reader [data-block]")].filter((block) => range.intersectsNode(block));
  const parts = touched.map((block) => {
    const part = document.createRange();
    part.selectNodeContents(block);
    if (part.comparePoint(range.startContainer, range.startOffset) === 0) part.setStart(range.startContainer, range.startOffset);
    if (part.comparePoint(range.endContainer, range.endOffset) === 0) part.setEnd(range.endContainer, range.endOffset);
    return { block, range: part, words: wordsOf(part) };
  });
  while (parts.length && !parts[0].words.trim()) parts.shift();
  while (parts.length && !parts.at(-1).words.trim()) parts.pop();
  if (!parts.length) return null;
  const [first, last] = [parts[0], parts.at(-1)];
  const before = document.createRange();
  before.selectNodeContents(first.block);
  before.setEnd(first.range.startContainer, first.range.startOffset);
  const after = document.createRange();
  after.selectNodeContents(last.block);
  after.setStart(last.range.endContainer, last.range.endOffset);
  return {
    quote: parts.map((part) => part.words).join("\n\n"),
    before: wordsOf(before),
    after: [...wordsOf(after)].slice(0, 200).join(""),
    first_block: first.block.dataset.block,
    last_block: last.block.dataset.block,
  };
}

function show() {
  const toolbar = document.getElementById("toolbar");
  const selection = getSelection();
  if (!toolbar || toolbar.contains(document.activeElement)) return;
  const reader = document.getElementById("reader");
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const found = range && range.intersectsNode(reader) && described(range);
  toolbar.hidden = !found;
  if (!found) return;
  const form = toolbar.querySelector("form");
  for (const [name, value] of Object.entries(found)) form.elements[name].value = value;
  const open = document.getElementById("panel").dataset.claim;
  form.elements.claim.hidden = !open;
  form.elements.claim.value = open || "";
  const box = range.getBoundingClientRect();
  toolbar.style.left = `${Math.max(8, Math.min(box.left, innerWidth - toolbar.offsetWidth - 8))}px`;
  toolbar.style.top = `${Math.min(Math.max(box.bottom + 8, 8), innerHeight - toolbar.offsetHeight - 8)}px`;
}

// While the mouse still selects, a toolbar that came up under it would be in its way.
let waiting, selecting = false;
const soon = () => {
  clearTimeout(waiting);
  if (!selecting) waiting = setTimeout(show, 80);
};
document.addEventListener("selectionchange", soon);
addEventListener("pointerdown", (event) => { selecting = event.pointerType === "mouse" && !event.target.closest?.("#toolbar"); });
for (const end of ["pointerup", "pointercancel", "dragend", "blur"]) addEventListener(end, () => { selecting = false; soon(); });
// The toolbar stays with its words while the page is scrolled.
document.addEventListener("scroll", () => { if (!document.getElementById("toolbar")?.hidden) show(); }, { passive: true });
// A press on the toolbar does not undo the selection it is about.
document.addEventListener("mousedown", (event) => { if (event.target.closest?.("#toolbar")) event.preventDefault(); });

// A mouse may click twice, and then it wants the word: one click acts when no second one has come.
const TWICE = 300; // milliseconds; a slower hand than that selects the word by dragging
let once;
function onceClicked(event, act) {
  const patient = () => getSelection().isCollapsed && act();
  if (event.detail > 1 || !getSelection().isCollapsed) return;
  if (event.pointerType === "touch") patient();
  else once = setTimeout(patient, TWICE);
}
document.addEventListener("mousedown", () => clearTimeout(once));
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#unselect")) getSelection().removeAllRanges();
  const sentence = event.target.closest?.("#reader .s");
  if (sentence && !event.target.closest(`mark, ${OURS}`)) onceClicked(event, () => getSelection().selectAllChildren(sentence));
});
