// A click on a passage opens its claim beside the text; several claims are offered as a list.
let comesFrom; // where to go back to when the panel closes
let awaited = false; // whether somebody has asked for the panel that is on its way

const BELOW = matchMedia("(max-width: 61.99rem)"); // where the panel stands below the text
const openClaim = () => document.getElementById("panel")?.dataset.claim;
const marksOf = (claim) => [...document.querySelectorAll(`#reader mark[data-c~="${claim}"]`)];

function opening(address) {
  comesFrom = document.activeElement?.closest("[id]")?.id;
  awaited = true;
  htmx.ajax("GET", address, { target: "#panel", swap: "outerHTML", values: { desk: document.querySelector("#reader [name=desk]").value } });
}

// The claim that is open and its words are both in view: beside each other, or where the panel
// stands below, the panel, from which a link leads back to the words. What is in view stays.
function bring() {
  const claim = openClaim();
  if (!claim) return;
  if (BELOW.matches) return document.querySelector(".side").scrollIntoView({ block: "start" });
  const marks = marksOf(claim);
  const isSeen = (mark) => [...mark.getClientRects()].some((box) => box.top >= 0 && box.bottom <= innerHeight);
  if (!marks.some(isSeen)) marks[0]?.scrollIntoView({ block: "center" });
  document.querySelector(".side").scrollTop = 0;
}

// The claim that somebody opened is where they go on reading.
function arrive() {
  awaited = false;
  document.getElementById("panel-title")?.focus({ preventScroll: true });
  bring();
}

function offer(mark, claims) {
  const several = document.getElementById("several");
  several.replaceChildren(...claims.map((claim) => {
    const link = document.createElement("a");
    const card = document.getElementById(`card-${claim}`);
    link.href = `?claim=${claim}`;
    link.append(...(card ? card.querySelector("a").cloneNode(true).childNodes : [`${claim}`]));
    return link;
  }));
  several.hidden = false;
  const box = mark.getBoundingClientRect();
  several.style.left = `${Math.max(8, Math.min(box.left, innerWidth - several.offsetWidth - 8))}px`;
  several.style.top = `${Math.min(box.bottom + 4, innerHeight - several.offsetHeight - 8)}px`;
  several.querySelector("a").focus();
}

// Back to the words of the claim: to where the person came from, or to its first passage.
function toWords(claim) {
  const there = [document.getElementById(comesFrom), marksOf(claim)[0]?.querySelector(".flag")].find((one) => one?.closest("#reader"));
  backTo(there, BELOW.matches);
  return there;
}

function backTo(there, scrolls = false) {
  if (there?.matches(".s, .block")) there.tabIndex = -1; // only now, as in keys.js
  there?.focus({ preventScroll: true });
  if (scrolls) there?.scrollIntoView({ block: "center" });
}

function close() {
  const edition = document.querySelector("#reader [name=desk]").value;
  const panel = document.getElementById("panel");
  const claim = panel.dataset.claim;
  const card = document.getElementById(`card-${claim}`);
  panel.replaceChildren();
  delete panel.dataset.claim;
  panel.classList.add("empty");
  const address = new URL(location);
  address.searchParams.delete("claim");
  history.pushState({ htmx: true, edition }, "", address);
  light();
  if (comesFrom === card?.id || !toWords(claim)) card?.querySelector("a").focus();
}

// The passages of the claim that is open stand out.
function light() {
  const claim = openClaim();
  document.querySelectorAll("mark.current").forEach((mark) => mark.classList.remove("current"));
  if (claim) marksOf(claim).forEach((mark) => mark.classList.add("current"));
}

document.addEventListener("click", (event) => {
  const several = document.getElementById("several");
  const link = event.target.closest?.("a[href^='?'], [data-words]");
  if (several && !event.target.closest?.("#several")) several.hidden = true;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button || !event.target.closest?.(".desk")) return;
  if (link?.matches("[data-close]")) {
    event.preventDefault();
    close();
  } else if (link?.matches("[data-words]")) {
    event.preventDefault();
    toWords(openClaim());
  } else if (link?.matches("[href^='?claim=']")) {
    event.preventDefault();
    several.hidden = true;
    const address = new URL(location);
    address.searchParams.set("claim", new URLSearchParams(link.search).get("claim"));
    opening(`${address.pathname}${address.search}`);
  } else if (event.target.closest("#reader mark")) {
    const mark = event.target.closest("mark");
    onceClicked(event, () => {
      const claims = mark.dataset.c.split(" ");
      if (claims.length > 1) offer(mark, claims);
      else document.querySelector(`#reader .flag[href="?claim=${claims[0]}"]`)?.click();
    });
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.closest?.("input, textarea, select, dialog")) return;
  const several = document.getElementById("several");
  if (several && !several.hidden) several.hidden = true;
  else if (getSelection().isCollapsed && event.target.closest?.("#panel")) close();
});
// After a highlight the selection has done its work. By keyboard the sentence keeps the focus, so
// that the next one is a key away; by mouse, and where the panel stands below, its title has it:
// keys go on working there, and no keyboard comes up on a phone as it would for a field.
let reading; // the sentence that somebody was last at
let highlighting; // "keys" or "mouse", while words are being made a claim
document.addEventListener("htmx:beforeRequest", (event) => {
  const here = document.activeElement?.closest?.(".s, .block")?.id;
  reading = here ?? reading;
  if (event.detail.requestConfig.path.endsWith("/highlight/")) highlighting = here ? "keys" : "mouse";
});
document.addEventListener("htmx:afterSettle", (event) => {
  light();
  if (event.detail.requestConfig?.elt?.matches("[data-quiet]")) return; // nobody has done anything
  if (awaited) return arrive();
  if (highlighting && openClaim()) {
    const byMouse = highlighting === "mouse";
    highlighting = undefined;
    getSelection().removeAllRanges();
    document.getElementById("toolbar").hidden = true;
    if (byMouse) reading = marksOf(openClaim())[0]?.closest(".s, .block")?.id;
    if (byMouse || BELOW.matches) return arrive();
    return backTo(document.getElementById(reading));
  }
  if (document.activeElement === document.body) backTo(document.getElementById(reading), BELOW.matches && !openClaim());
});
for (const failure of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(failure, () => {
  awaited = false;
  highlighting = undefined;
});
// htmx keeps a copy of the page it leaves; where a script put things is not part of it.
document.addEventListener("htmx:beforeHistorySave", () => {
  document.querySelectorAll("#toolbar, #several").forEach((placed) => {
    placed.removeAttribute("style");
    placed.hidden = true;
  });
});
document.addEventListener("htmx:historyRestore", bring);
light();
// An address that names a claim brings it into view, unless it names a place on the page.
if (!location.hash || location.hash === "#panel") bring();
