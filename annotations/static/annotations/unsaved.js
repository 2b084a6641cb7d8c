// What is written and not saved yet stays in this tab, and is put back when its form is shown again.
// Nobody is asked on the way: going to another claim and back is how one works. It is told apart by
// who wrote it, and goes with the log-out; the tab itself asks before it is closed.
const WHO = document.querySelector("[data-who]")?.dataset.who;
const PREFIX = `unsaved:${WHO}:`;
const SKIPPED = ["hidden", "file", "password", "submit", "button", "fieldset"];
const sent = new Map(); // what each form held when it was sent

const keyOf = (form) => PREFIX + form.dataset.keep;
const forms = () => [...document.querySelectorAll("form[data-keep]")];
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && (!SKIPPED.includes(field.type) || (field.name === "seen" && !form.dataset.asks)));
const isBox = (field) => field.type === "checkbox" || field.type === "radio";
const kept = (key) => JSON.parse(sessionStorage.getItem(key));
const keep = (key, values) => sessionStorage.setItem(key, JSON.stringify(values));
const valuesOf = (form) => fieldsOf(form).filter((field) => !isBox(field) || field.checked).map((field) => [field.name, field.value]);

function differs(field) {
  if (field.type === "hidden") return false;
  if (isBox(field)) return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
}
// What the server sent back with its faults is not saved either.
const isUnsaved = (form) => form.hasAttribute("data-unsaved") || fieldsOf(form).some(differs);

function mark() {
  for (const form of forms()) {
    const note = form.querySelector(".unsaved");
    if (note) note.hidden = !isUnsaved(form);
  }
  // A step that was held back goes on being so only while something is left to save.
  document.querySelectorAll(".refusal:not([hidden])").forEach((refusal) => { refusal.hidden = !leftBehind(refusal.closest("form")); });
  const said = document.getElementById("claims")?.dataset.unsaved;
  document.querySelectorAll(".card[data-unsaved]").forEach((card) => card.removeAttribute("data-unsaved"));
  for (const key of Object.keys(sessionStorage)) {
    const claim = key.startsWith(PREFIX) && key.slice(PREFIX.length).match(/^claim-(\d+)-/);
    const card = claim && said && document.getElementById(`card-${claim[1]}`);
    if (card) card.dataset.unsaved = said;
  }
}

function putBack(form, values) {
  for (const field of fieldsOf(form)) {
    const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isBox(field)) field.checked = mine.includes(field.value);
    else if (mine.length) field.value = mine[0];
    if (differs(field)) for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  }
}

// Each form once, when it comes onto the page.
function look() {
  for (const form of forms().filter((form) => !form.dataset.looked)) {
    form.dataset.looked = "yes";
    const values = kept(keyOf(form));
    if (values && !form.hasAttribute("data-unsaved")) putBack(form, values);
    if (isUnsaved(form)) keep(keyOf(form), valuesOf(form));
    else sessionStorage.removeItem(keyOf(form));
  }
  mark();
}

function note(form) {
  if (!form?.dataset?.keep || form.dataset.looked === "over") return;
  if (isUnsaved(form)) keep(keyOf(form), valuesOf(form));
  else sessionStorage.removeItem(keyOf(form));
  mark();
}
for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => note(event.target.form ?? event.target));

function forget(start) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(start)) sessionStorage.removeItem(key);
}

// A step takes the claim as it is saved: what is still being written would stay behind.
const leftBehind = (step) => forms().find((form) => form.dataset.keep.startsWith(`claim-${step.dataset.asks}-`) && form.matches("[data-goes-along]") && isUnsaved(form));
function holdsBack(step) {
  const open = leftBehind(step);
  step.querySelector(".refusal").hidden = !open;
  return Boolean(open);
}
function showIt(step) {
  const form = leftBehind(step);
  form?.closest("details")?.setAttribute("open", "");
  (form && (fieldsOf(form).find(differs) ?? form.querySelector("textarea, input:not([type=hidden])")))?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.asks && holdsBack(form)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (form.hasAttribute("data-leaves")) {
    forget("unsaved:");
  } else if (form.dataset.forgets && !form.hasAttribute("hx-post")) {
    forget(`${PREFIX}${form.dataset.forgets}-`);
  } else if (form.dataset.keep && !form.hasAttribute("hx-post")) {
    sessionStorage.setItem("sent", keyOf(form));
  }
}, true);

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.requestConfig.elt;
  if (form.dataset.keep) sent.set(keyOf(form), JSON.stringify(valuesOf(form)));
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = event.detail.requestConfig.elt;
  if (event.detail.xhr.status >= 400) return;
  if (form.dataset.forgets) forget(`${PREFIX}${form.dataset.forgets}-`);
  if (!form.dataset.keep) return;
  form.dataset.looked = "over"; // the field that has the focus still tells of a change when it goes
  // What was typed while it was on its way is still to be saved, on top of what was.
  const now = valuesOf(form);
  if (JSON.stringify(now) === sent.get(keyOf(form))) sessionStorage.removeItem(keyOf(form));
  else keep(keyOf(form), now.filter(([name]) => name !== "seen"));
});

document.addEventListener("click", (event) => {
  const step = event.target.closest?.("[data-show]")?.form;
  if (step) return showIt(step);
  const form = event.target.closest?.("[data-discard]")?.form;
  if (!form) return;
  sessionStorage.removeItem(keyOf(form));
  form.removeAttribute("data-unsaved");
  form.reset();
  mark();
  form.querySelector("textarea, input:not([type=hidden])")?.focus();
});

// A page that follows a plain form says that it was saved, unless there is a problem on it.
function arrived() {
  const key = sessionStorage.getItem("sent");
  const failed = document.getElementById("problem")?.textContent.trim() || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  sessionStorage.removeItem("sent");
  if (key && !failed) sessionStorage.removeItem(key);
}

let goesOn = false; // by a link or form: the tab stays, and what is written with it
addEventListener("click", (event) => { goesOn = !event.defaultPrevented && Boolean(event.target.closest?.("a[href]:not([target])")); });
addEventListener("submit", (event) => { goesOn = !event.defaultPrevented; });
addEventListener("beforeunload", (event) => { if (!goesOn && forms().some(isUnsaved)) event.preventDefault(); });

for (const kind of ["htmx:load", "htmx:historyRestore"]) document.addEventListener(kind, look);
document.addEventListener("htmx:afterSettle", mark);
addEventListener("pageshow", (event) => { if (event.persisted) forms().forEach(note); });
if (matchMedia("(max-width: 61.99rem)").matches) document.querySelectorAll("[data-folds]").forEach((part) => { part.open = false; });
if (WHO) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("unsaved:") && !key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  arrived();
  look();
}
