// A click on a passage opens its claim beside the text; several claims are offered as a list.
let comesFrom; // where to go back to when the panel closes
let awaited = false; // whether somebody has asked for the panel that is on its way

function opening(address) {
  comesFrom = document.activeElement?.id || comesFrom;
  awaited = true;
  htmx.ajax("GET", address, { target: "#panel", swap: "outerHTML" });
}

// The claim that somebody opened is where they go on reading.
function arrive() {
  awaited = false;
  document.getElementById("panel-title")?.focus();
  document.getElementById("panel").scrollIntoView({ block: "nearest" });
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

function close() {
  const edition = document.querySelector("#reader [name=desk]").value;
  const panel = document.getElementById("panel");
  const claim = panel.dataset.claim;
  const back = document.getElementById(comesFrom) || document.querySelector(`#reader [data-c~="${claim}"] .flag`);
  panel.replaceChildren();
  delete panel.dataset.claim;
  panel.classList.add("empty");
  const address = new URL(location);
  address.searchParams.delete("claim");
  history.pushState({ htmx: true, edition }, "", address);
  light();
  back?.focus();
}

// The passages of the claim that is open stand out.
function light() {
  const claim = document.getElementById("panel")?.dataset.claim;
  document.querySelectorAll("mark.current").forEach((mark) => mark.classList.remove("current"));
  if (claim) document.querySelectorAll(`mark[data-c~="${claim}"]`).forEach((mark) => mark.classList.add("current"));
}

document.addEventListener("click", (event) => {
  const several = document.getElementById("several");
  const link = event.target.closest?.("a[href^='?']");
  if (several && !event.target.closest?.("#several")) several.hidden = true;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button || !event.target.closest?.(".desk")) return;
  if (link?.matches("[data-close]")) {
    event.preventDefault();
    close();
  } else if (link?.matches("[href^='?claim=']")) {
    event.preventDefault();
    several.hidden = true;
    const address = new URL(location);
    address.searchParams.set("claim", new URLSearchParams(link.search).get("claim"));
    opening(`${address.pathname}${address.search}`);
  } else if (getSelection().isCollapsed && event.target.closest("#reader mark")) {
    const mark = event.target.closest("mark");
    const claims = mark.dataset.c.split(" ");
    if (claims.length > 1) offer(mark, claims);
    else document.querySelector(`#reader .flag[href="?claim=${claims[0]}"]`)?.click();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.closest?.("input, textarea, select, dialog")) return;
  const several = document.getElementById("several");
  if (several && !several.hidden) several.hidden = true;
  else if (getSelection().isCollapsed && event.target.closest?.("#panel")) close();
});
// After a highlight the selection has done its work, and the sentence keeps the focus.
let reading;
document.addEventListener("htmx:beforeRequest", () => { reading = document.activeElement?.closest?.(".s, .block")?.id || reading; });
document.addEventListener("htmx:afterSettle", (event) => {
  light();
  if (event.detail.requestConfig?.elt?.matches("[data-quiet]")) return; // nobody has done anything
  if (awaited) return arrive();
  const toolbar = document.getElementById("toolbar");
  if (toolbar && !toolbar.hidden && document.getElementById("notice").childElementCount) {
    getSelection().removeAllRanges();
    toolbar.hidden = true;
  }
  const sentence = document.getElementById(reading);
  if (!sentence || document.activeElement !== document.body) return;
  sentence.tabIndex = -1;
  sentence.focus({ preventScroll: true });
});
// htmx keeps a copy of the page it leaves; where a script put things is not part of it.
document.addEventListener("htmx:beforeHistorySave", () => {
  document.querySelectorAll("#toolbar, #several").forEach((placed) => {
    placed.removeAttribute("style");
    placed.hidden = true;
  });
});
light();
