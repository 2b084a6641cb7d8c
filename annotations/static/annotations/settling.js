// Once a passage is settled, the next one that waits has the focus; the keys go on from there.
let settling;
document.addEventListener("htmx:beforeRequest", (event) => { settling = event.target.closest?.(".carriage")?.id; });
document.addEventListener("htmx:afterSettle", () => {
  const done = document.getElementById(settling);
  if (!done?.matches(".done")) return;
  settling = undefined;
  const waiting = [...document.querySelectorAll(".carriage.waiting")];
  const next = waiting.find((one) => done.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) ?? waiting[0];
  (next ?? document.getElementById("content")).focus();
});
